using System.Text;
using System.Text.Json;
using CsCheck;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

/// <summary>The platform's reader is the reference for what is JSON.</summary>
public class JsonFieldReaderTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", " ", "\"a\"", "\"v\"", "\"\\n\\u00e9\"", "\"\\x\"", "\"\\u12\"", "\"", "\\", "1",
        "-0", "01", "1.5", "1.", ".5", "-", "1e5", "1E+5", "1e", "true", "false", "null", "nul", "\u0001", "\"v\":1",
        "\"v\":[1,2]", "\"v\":{}", "{\"v\":", "\0", "/**/", "+1",
    ];

    [Fact]
    public void Read_AnyPieces_AcceptsWhatThePlatformAccepts()
    {
        Gen.OneOf(Pieces).Array[1, 12].Select(pieces => string.Concat(pieces)).Sample(AssertAgrees, iter: 60_000);
    }

    [Fact]
    public void Read_MutatedDocument_AcceptsWhatThePlatformAccepts()
    {
        const string Document =
            """{"a":[1,{"b":-2.5e+3,"c":"x\ty\u00e9"},true,null,[]],"v":{"w":"z"},"u":0, "t":false }""";
        Gen.Select(Gen.Int[0, Document.Length - 1], Gen.Int[0, 3], Gen.OneOf(Pieces))
            .Array[1, 3]
            .Select(edits => edits.Aggregate(Document, (text, edit) =>
                text[..Math.Min(edit.Item1, text.Length)] + edit.Item3
                + text[Math.Min(edit.Item1 + edit.Item2, text.Length)..]))
            .Sample(AssertAgrees, iter: 60_000);
    }

    [Fact]
    public void Read_GeneratedDocument_FindsWhatThePlatformFinds()
    {
        Gen<string> name = Gen.OneOf("v", "w", "\\u0076", "x");
        Gen<string> json = Gen.Recursive<string>((depth, inner) => depth > 3
            ? Gen.Int[0, 99].Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))
            : Gen.Frequency(
                (2, Gen.Int[0, 99].Select(i => $"\"{i}\"")),
                (1, inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]")),
                (4, Gen.Select(name, inner).Array[0, 4].Select(
                    items => $"{{{string.Join(',', items.Select(item => $"\"{item.Item1}\":{item.Item2}"))}}}"))));

        json.Sample(text =>
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            var fields = new JsonField[2];

            RejectReason reason = new JsonFieldReader("v", "v.w").Read(utf8, fields);

            Assert.Equal(RejectReason.None, reason);
            using var document = JsonDocument.Parse(utf8);
            Assert.Equal(Find(document.RootElement, "v"), Found(utf8, fields[0]));
            Assert.Equal(Find(document.RootElement, "v", "w"), Found(utf8, fields[1]));
        }, iter: 20_000);
    }

    private static void AssertAgrees(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Span<JsonField> fields = new JsonField[2];

        RejectReason reason = new JsonFieldReader("v", "v.w").Read(utf8, fields);

        Assert.Equal(IsJson(utf8), reason == RejectReason.None);
    }

    private static bool IsJson(byte[] utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Found(byte[] utf8, JsonField field) => field.Kind switch
    {
        JsonKind.None => "none",
        JsonKind.Object or JsonKind.Array => field.Kind.ToString(),
        _ => Encoding.UTF8.GetString(field.Raw(utf8)),
    };

    private static string Find(JsonElement element, params string[] path)
    {
        foreach (string part in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
            {
                return "none";
            }
        }

        return element.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? element.ValueKind.ToString()
            : element.ToString();
    }
}
