using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Pipeline;

/// <summary>What a kind of lane reads, and where it starts.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Group">Its consumer group.</param>
/// <param name="Start">Where a partition that is new to the group starts, as <see cref="StartPoint"/> reads it.</param>
/// <param name="Emit">What of it is published.</param>
/// <param name="RestoreRecords">Records before the committed offset that are read again.</param>
internal sealed record LaneInput(string Topic, string Group, string Start, EmitMode Emit, long RestoreRecords)
{
    /// <summary>Whether its records are observations by series id, as repartitioning lanes write them.</summary>
    public bool IsRepartitioned { get; private init; }

    /// <summary>Partitions over which its records are spread by series id; null where they are forecast from.</summary>
    public int? SpreadPartitions { get; private init; }

    /// <summary>Records to pass over, of any topic, as <see cref="SkipPlace"/> reads them.</summary>
    public IReadOnlyList<string> Skip { get; private init; } = [];

    /// <summary>What forecasting lanes read. Of a repartition topic that is everything: those who fill it have started
    /// as configured, and say which records are silent.</summary>
    public static LaneInput OfForecasts(ForecasterOptions options) => RepartitionChoice.Of(options.Input).IsOn
        ? new(
            options.RepartitionTopic, options.Application, StartPoint.Earliest, EmitMode.All,
            options.Pipeline.RestoreRecords)
        {
            IsRepartitioned = true,
            Skip = options.Input.Skip,
        }
        : new(
            options.Input.Topic, options.Application, options.Input.Start, options.Output.Emit,
            options.Pipeline.RestoreRecords)
        {
            Skip = options.Input.Skip,
        };

    /// <summary>What repartitioning lanes read; they keep no state, so nothing is read again.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="partitions">Partitions of the repartition topic.</param>
    public static LaneInput OfRepartition(ForecasterOptions options, int partitions) => new(
        options.Input.Topic, options.RepartitionTopic, options.Input.Start, options.Output.Emit, RestoreRecords: 0)
    {
        SpreadPartitions = partitions,
        Skip = options.Input.Skip,
    };
}
