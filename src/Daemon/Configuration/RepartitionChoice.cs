namespace Streaming.Daemon.Configuration;

/// <summary>What Input:Repartition comes to, and why; for log and check.</summary>
/// <param name="IsOn">Whether records pass through the repartition topic.</param>
/// <param name="Why">The reason: the end of a sentence.</param>
internal sealed record RepartitionChoice(bool IsOn, string Why)
{
    private const string OnePartition = "all records of a series must be in one partition";

    /// <summary>The choice for a configuration: auto is on where series are named by labels, which no producer has as
    /// key, and off where a series is the key, or one field, by which a producer can key.</summary>
    /// <remarks>The configuration alone counts, never a record: what is read must not depend on what came first.
    /// </remarks>
    public static RepartitionChoice Of(InputOptions input)
    {
        string format = OptionNames.Of(input.Format);
        return input.Repartition switch
        {
            RepartitionMode.On => new(true, "Input:Repartition says so"),
            RepartitionMode.Off => new(false, $"Input:Repartition says so; {OnePartition}"),
            _ when IsByLabels(input.Format) => new(true, $"Input:Format {format} names series by labels, not by key"),
            _ when input.Format == InputFormat.Auto && input.KeepLabels.Count + input.DropLabels.Count > 0 =>
                new(true, "Input:KeepLabels and Input:DropLabels name series by labels, not by key"),
            _ when input.SeriesPath == KafkaPath.Key => new(false, $"Input:SeriesPath names series by key; {OnePartition}"),
            _ => new(false, $"with Input:Format {format} producers are taken to key by series; {OnePartition}"),
        };
    }

    /// <summary>Formats whose records name series by labels, and mostly hold several.</summary>
    private static bool IsByLabels(InputFormat format) => format
        is InputFormat.Influx or InputFormat.TelegrafJson or InputFormat.Prometheus or InputFormat.Vector
        or InputFormat.OtlpJson or InputFormat.OtlpProto;
}
