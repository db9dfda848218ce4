using System.Text;
using System.Text.RegularExpressions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>The README's table of producers.</summary>
public sealed partial class FormatTableTests
{
    private const string Heading = "| producer | `Input:Format`, further settings | record | series |";

    public static IEnumerable<object[]> Rows => Readme.Table(Heading).Select(cells => cells[1..]);

    [Theory, MemberData(nameof(Rows))]
    public void Readme_Record_IsReadWithItsSettings(string settings, string record, string series)
    {
        InputOptions options = Options(settings);
        byte[] value = Encoding.UTF8.GetBytes(Codes(record).Single());

        AssertSeries(new RecordDecoder(options), value, Codes(series));
        if (options.Format != InputFormat.Csv)
        {
            AssertSeries(new RecordDecoder(options with { Format = InputFormat.Auto }), value, Codes(series));
        }
    }

    private static void AssertSeries(RecordDecoder decoder, byte[] value, IEnumerable<string> expected)
    {
        Assert.Equal(RejectReason.None, decoder.Decode(new() { Value = value }));
        Assert.Equal(expected, Enumerable.Range(0, decoder.Observations.Count)
            .Select(i => Encoding.UTF8.GetString(decoder.Observations[i].SeriesId)));
    }

    private static InputOptions Options(string settings)
    {
        string[] codes = [.. Codes(settings)];
        var options = new InputOptions { Format = (InputFormat)OptionNames.Parse(typeof(InputFormat), codes[0])! };
        foreach (string[] setting in codes.Skip(1).Chunk(2))
        {
            typeof(InputOptions).GetProperty(setting[0])!.SetValue(options, setting[1]);
        }

        return options;
    }

    private static IEnumerable<string> Codes(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
