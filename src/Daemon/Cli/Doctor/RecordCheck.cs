using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Decoding.Schemas;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Whether the newest records of the input are what the configuration says they are.</summary>
/// <param name="topic">The input.</param>
/// <param name="options">How its records are read.</param>
internal sealed class RecordCheck(string topic, InputOptions options)
{
    private const string Name = "records";
    private const int MostNamed = 3;

    private readonly RecordDecoder decoder = new(options);
    private readonly List<Symptom> refused = [];
    private string? example;
    private int read;
    private int skipped;

    /// <summary>Latest Kafka timestamp; null where there is none.</summary>
    public long? NewestMs { get; private set; }

    /// <summary>Decodes records as a lane would.</summary>
    public void Take(RecordBatch batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            long timestampMs = batch.TimestampsMs[i];
            NewestMs = timestampMs >= 0 ? Math.Max(NewestMs ?? 0, timestampMs) : NewestMs;
            Take(
                FormattableString.Invariant($"{topic}-{batch.Partitions[i]}@{batch.Offsets[i]}"),
                InputRecord.Of(batch, i, timestampMs));
        }
    }

    /// <summary>A symptom for each record that is refused, the first of them, and one for the others.</summary>
    public IEnumerable<Symptom> Symptoms()
    {
        if (read + refused.Count + skipped == 0)
        {
            return [];
        }

        Verdict verdict = read == 0 ? Verdict.Problem : Verdict.Warning;
        string found = FormattableString.Invariant($"{read} of {read + refused.Count + skipped} newest record(s) can be read");
        Symptom[] good = read == 0 ? [] : [new(Verdict.Ok, Name, topic, found + example)];
        return refused.Take(MostNamed).Select(symptom => symptom with { Verdict = verdict }).Concat(good);
    }

    private void Take(string place, in InputRecord record)
    {
        RejectReason reason;
        try
        {
            reason = decoder.Decode(record);
        }
        catch (RegistryAwayException)
        {
            skipped++; // that it is away is told by itself
            return;
        }

        if (reason != RejectReason.None)
        {
            refused.Add(new(
                Verdict.Problem, Name, place, $"would be refused as {reason.Name()} ({OptionNames.Of(decoder.Format)})",
                $"{reason.Detail()} forecaster decode shows what becomes of a record."));
            return;
        }

        read++;
        example ??= decoder.Observations.Count > 0
            ? $", such as one of series '{OneLine.Of(Encoding.UTF8.GetString(decoder.Observations[0].SeriesId))}'"
            : null;
    }
}
