using Streaming.Daemon.Configuration;
using Streaming.Inference.Series;
using Streaming.Training.Preparation;

namespace Streaming.Daemon.Pretraining;

/// <summary>Streams that teach a network what files may lack: regimes, seasons of other lengths, jumps.</summary>
internal static class GeneratedStreams
{
    /// <summary>Values of a stream: two weeks at five minutes a step, half a year at an hour.</summary>
    private const int Steps = 4_032;

    private const int SeasonWhereNoneIsKnown = 24;

    private static readonly StreamKind[] Kinds = Enum.GetValues<StreamKind>();

    private static readonly long[] StepMinutes = [60, 30, 15, 5];

    /// <summary>Makes streams of all kinds in turn, each with its own seed.</summary>
    /// <param name="configuration">Its step is theirs; where nobody named one they have several lengths in
    /// turn.</param>
    /// <param name="count">Streams.</param>
    /// <param name="seed">Seed of the first.</param>
    /// <exception cref="InputErrorException">Some setting does not go with such a step.</exception>
    public static IEnumerable<FoundSeries> Create(PretrainingConfiguration configuration, int count, int seed)
    {
        SeriesProfile[] profiles = configuration.HasStep
            ? [new RuleBook(configuration.Options).Unruled.Profile]
            : [.. StepMinutes.Select(minutes => ProfileOf(configuration, minutes))];
        for (int n = 0; n < count; n++)
        {
            SeriesProfile profile = profiles[n / Kinds.Length % profiles.Length];
            long step = profile.IsEventMode ? TimeSpan.TicksPerHour : profile.StepTicks;
            int season = profile.SeasonSteps > 1 ? profile.SeasonSteps : SeasonWhereNoneIsKnown;
            RawSeries stream = StreamGenerator.Create(
                Kinds[n % Kinds.Length], unchecked(seed + n), Steps, step, season);
            yield return new(stream, profile, Remark: "generated");
        }
    }

    private static SeriesProfile ProfileOf(PretrainingConfiguration configuration, long minutes) =>
        configuration.RulesWithStep("generated streams", minutes * TimeSpan.TicksPerMinute).Unruled.Profile;
}
