namespace Streaming.Daemon.Demo;

/// <summary>What the command line of <c>forecaster demo</c> asks for.</summary>
internal sealed record DemoOptions
{
    /// <summary>Steps of the longest stream replayed a second; infinity: as fast as the forecasts come back. Default null:
    /// in about a minute.</summary>
    public double? StepsPerSecond { get; init; }

    /// <summary>Leave when the streams have ended and every forecast has arrived. Default false: keep
    /// serving.</summary>
    public bool Once { get; init; }

    /// <summary>Print the result as one JSON object on stdout's last line; progress goes to stderr.</summary>
    public bool Json { get; init; }

    /// <summary>Port of the dashboard, the API and /metrics on 127.0.0.1; 0 picks a free one. Default 0.</summary>
    public int Port { get; init; }
}
