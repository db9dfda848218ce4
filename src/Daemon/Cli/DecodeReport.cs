using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Output;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Cli;

/// <summary>What decode prints: observations as lines of JSON, refusals and what was taken as lines for
/// people.</summary>
internal sealed class DecodeReport(TextWriter output, TextWriter error)
{
    private readonly long[] records = new long[Enum.GetValues<InputFormat>().Length];
    private readonly Utf8Buffer line = new();

    /// <summary>Records that were refused, or some of whose observations were.</summary>
    public long Refused { get; private set; }

    /// <summary>Prints one record.</summary>
    /// <param name="place">Where it stands, such as "line 3".</param>
    /// <param name="decoder">What decoded it.</param>
    /// <param name="reason">What that said.</param>
    public void Add(string place, RecordDecoder decoder, RejectReason reason)
    {
        records[(int)decoder.Format]++;
        for (int i = 0; i < decoder.Observations.Count; i++)
        {
            Print(decoder.Observations[i]);
        }

        if (reason != RejectReason.None)
        {
            Refused++;
            error.WriteLine($"{place}: {reason.Name()} ({OptionNames.Of(decoder.Format)}): {reason.Detail()}");
        }
    }

    /// <summary>Says what records were taken as.</summary>
    public void PrintFormats()
    {
        IEnumerable<string> taken = Enum.GetValues<InputFormat>()
            .Where(format => records[(int)format] > 0)
            .Select(format => $"{records[(int)format]} as {OptionNames.Of(format)}");
        error.WriteLine($"records: {string.Join(", ", taken.DefaultIfEmpty("none"))}");
    }

    private void Print(Observation observation)
    {
        line.Clear();
        line.Append("{\"series\":"u8);
        line.Append(JsonText.Quote(observation.SeriesId));
        line.Append(",\"time\":\""u8);
        line.Advance(TimeText.Write(observation.TimeTicks, line.Reserve(TimeText.MaxBytes)));
        line.Append("\",\"values\":["u8);
        line.Advance(NumberText.WriteShortest(observation.Value, line.Reserve(NumberText.MaxBytes)));
        line.Append("]"u8);
        if (observation.Kind != ValueKind.Auto)
        {
            line.Append(",\"kind\":"u8);
            line.Append(JsonText.Quote(OptionNames.Of(observation.Kind)));
        }

        if (!observation.Unit.IsEmpty)
        {
            line.Append(",\"unit\":"u8);
            line.Append(JsonText.Quote(observation.Unit));
        }

        line.Append("}"u8);
        output.WriteLine(Encoding.UTF8.GetString(line.Written));
    }
}
