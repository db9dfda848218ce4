using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Demo;

/// <summary>What a demo replays, and under which settings.</summary>
/// <param name="Streams">What is replayed.</param>
/// <param name="Adjust">Settings of these streams in the place of those for the bundled ones.</param>
/// <param name="CadenceOf">Grid and season of a series, by its id.</param>
internal sealed record DemoPlan(
    IReadOnlyList<DemoStream> Streams, Func<ForecasterOptions, ForecasterOptions> Adjust, Func<string, Cadence> CadenceOf)
{
    private const double LeastStepsPerSecond = 20;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(57);

    /// <summary>Pace at which it takes about a minute, so that fine-tuned versions arrive while it runs; short streams take
    /// less.</summary>
    public double StepsPerSecond =>
        Math.Max(LeastStepsPerSecond, Streams.Max(stream => stream.Rows.Count) / Duration.TotalSeconds);

    /// <summary>The bundled streams.</summary>
    /// <exception cref="InvalidDataException">A line is not what it should be; names file and line.</exception>
    public static DemoPlan Bundled() => new(
        DemoData.Read(DemoData.BundledFolder), options => options, DemoConfiguration.CadenceOf);
}
