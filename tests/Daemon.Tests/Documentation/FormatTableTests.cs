using System.Text;
using System.Text.RegularExpressions;
using Streaming.Daemon.Cli;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>The tables of docs/formats.md: of producers, and of formats.</summary>
public sealed partial class FormatTableTests
{
    private const string Heading = "| producer | `Input:Format`, further settings | record | series |";

    /// <summary>Stands behind the first of more series than are shown.</summary>
    private const char More = '…';

    private static readonly InputFormat[] toldByNothing = [InputFormat.Csv, InputFormat.Avro, InputFormat.Protobuf];

    public static IEnumerable<object[]> Rows => Readme.TableOf("formats.md", Heading).Select(cells => cells[1..]);

    [Theory, MemberData(nameof(Rows))]
    public void Document_Record_IsReadWithItsSettings(string settings, string record, string series)
    {
        InputOptions options = Options(settings);
        string? key = Key().Match(settings) is { Success: true } match ? match.Groups[1].Value : null;
        string[] headers = [.. Codes(Headers().Match(settings).Value)];
        var setting = new DecodeSetting(key, headers);

        AssertSeries(new RecordDecoder(options), setting, Bytes(record), series);
        if (!toldByNothing.Contains(options.Format) && headers.Length == 0)
        {
            AssertSeries(new RecordDecoder(options with { Format = InputFormat.Auto }), setting, Bytes(record), series);
        }
    }

    [Fact]
    public void Document_Producers_AreAllThere()
    {
        IEnumerable<InputFormat> shown = Readme.TableOf("formats.md", Heading).Select(cells => Options(cells[1]).Format).Distinct();

        Assert.Equal(Enum.GetValues<InputFormat>().Except([InputFormat.Auto]).Order(), shown.Order());
    }

    [Fact]
    public void Document_Formats_AreAllThere()
    {
        IEnumerable<string> described = Readme
            .TableOf("formats.md", "| `Input:Format` | name | labels | time | kind | skipped |")
            .Select(cells => Codes(cells[0]).Single());

        Assert.Equal(Enum.GetValues<InputFormat>().Select(format => OptionNames.Of(format)), described);
    }

    private static void AssertSeries(RecordDecoder decoder, DecodeSetting setting, byte[] value, string series)
    {
        string[] expected = [.. Codes(series)];
        Assert.Equal(RejectReason.None, decoder.Decode(setting.Record(value)));
        int shown = series.EndsWith(More) ? expected.Length : decoder.Observations.Count;
        Assert.Equal(expected, Enumerable.Range(0, shown)
            .Select(i => Encoding.UTF8.GetString(decoder.Observations[i].SeriesId)));
    }

    /// <summary>The record in the cell, or in the file that the cell links to.</summary>
    private static byte[] Bytes(string cell) => Link().Match(cell) is { Success: true } link
        ? File.ReadAllBytes(RepositoryRoot.Combine("docs", link.Groups[1].Value))
        : Encoding.UTF8.GetBytes(Codes(cell).Single());

    private static InputOptions Options(string settings)
    {
        string[] codes = [.. Codes(Headers().Replace(Key().Replace(settings, ""), ""))];
        var options = new InputOptions { Format = (InputFormat)OptionNames.Parse(typeof(InputFormat), codes[0])! };
        foreach (string[] setting in codes.Skip(1).Chunk(2))
        {
            if (setting[0] == "Schema:File")
            {
                options = options with { Schema = new() { File = RepositoryRoot.Combine(setting[1]) } };
                continue;
            }

            typeof(InputOptions).GetProperty(setting[0])!.SetValue(options, setting[1]);
        }

        return options;
    }

    private static IEnumerable<string> Codes(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    /// <summary>The record's key, among the settings.</summary>
    [GeneratedRegex(", key `([^`]+)`")]
    private static partial Regex Key();

    /// <summary>Its headers, behind all else.</summary>
    [GeneratedRegex(", headers .*")]
    private static partial Regex Headers();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
