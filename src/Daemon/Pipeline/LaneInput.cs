using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>What a kind of lane reads, and where it starts.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Group">Its consumer group.</param>
/// <param name="Start">Where a partition that is new to the group starts, as <see cref="StartPoint"/> reads it.</param>
/// <param name="Emit">What of it is published.</param>
/// <param name="Partitions">Partitions of the topic when the process started.</param>
internal sealed record LaneInput(
    string Topic, string Group, string Start, EmitMode Emit, int Partitions)
{
    /// <summary>Whether its records are observations by series id, as repartitioning lanes write them.</summary>
    public bool IsRepartitioned { get; private init; }

    /// <summary>Partitions over which its records are spread by series id; null where they are forecast from.</summary>
    public int? SpreadPartitions { get; private init; }

    /// <summary>Whether partitions that the topic gains are read. Where its records are forecast from they are not: a
    /// producer that goes by keys has moved series there, away from their state.</summary>
    public bool MayGrow => SpreadPartitions is not null;

    /// <summary>Where forecasts go, and its partitions; null where nothing is forecast.</summary>
    public (string Topic, int Partitions)? Output { get; private init; }

    /// <summary>Records to pass over, of any topic, as <see cref="SkipPlace"/> reads them.</summary>
    public IReadOnlyList<string> Skip { get; private init; } = [];

    /// <summary>What forecasting lanes read. Of a repartition topic that is everything: those who fill it have started
    /// as configured, and say which records are silent. What it holds before this group's first place is history
    /// too.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="partitions">Partitions of the topics.</param>
    public static LaneInput OfForecasts(ForecasterOptions options, TopicPartitions partitions)
    {
        bool isRepartitioned = RepartitionChoice.Of(options.Input).IsOn;
        return new(
            TopicNames.Of(options).Forecast, options.Application,
            isRepartitioned ? StartPoint.Earliest : options.Input.Start, options.Output.Emit,
            partitions.Forecast)
        {
            IsRepartitioned = isRepartitioned,
            Output = (options.Output.Topic, partitions.Output),
            Skip = options.Input.Skip,
        };
    }

    /// <summary>What repartitioning lanes read; they keep no state, so nothing is read again.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="partitions">Partitions of the topics.</param>
    public static LaneInput OfRepartition(ForecasterOptions options, TopicPartitions partitions) => new(
        options.Input.Topic, options.RepartitionTopic, options.Input.Start, options.Output.Emit,
        partitions.Input)
    {
        SpreadPartitions = partitions.Forecast,
        Skip = options.Input.Skip,
    };
}
