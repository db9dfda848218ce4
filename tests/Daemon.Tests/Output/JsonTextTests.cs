using System.Text;
using System.Text.Json;
using CsCheck;
using Streaming.Daemon.Output;

namespace Streaming.Daemon.Tests.Output;

public class JsonTextTests
{
    [Fact]
    public void Quote_AnyText_ParsesBackAndHasNoControlCharacters()
    {
        Gen<string> text = Gen.Int[0, 0x2FF].Select(code => (char)code).Array[0, 20].Select(chars => new string(chars));
        Gen.OneOf(text, text.Select(s => s + "😀\u2028")).Sample(expected =>
        {
            byte[] json = JsonText.Quote(expected);

            using var document = JsonDocument.Parse(json);
            Assert.Equal(expected, document.RootElement.GetString());
            Assert.DoesNotContain(Encoding.UTF8.GetString(json), char.IsControl);
        });
    }

    [Theory]
    [InlineData("cpu{host=a}", "\"cpu{host=a}\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("\n\u007f\u0085é", "\"\\u000a\\u007f\\u0085é\"")]
    public void Quote_Text_EscapesOnlyWhatItMust(string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonText.Quote(text)));

    [Theory]
    [InlineData(0, "\"event\"")]
    [InlineData(3_000_000_000, "\"PT300S\"")]
    [InlineData(5_000_000, "\"PT0.5S\"")]
    [InlineData(864_000_000_000, "\"PT86400S\"")]
    [InlineData(1, "\"PT0.0000001S\"")]
    public void Step_Ticks_AreSeconds(long ticks, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonText.Step(ticks)));
}
