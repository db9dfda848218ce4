using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Output;

/// <summary>Headers that make a forecast a CloudEvent 1.0 in Kafka's binary mode.</summary>
/// <remarks>Allocates nothing once warm. Not thread-safe: one per lane.</remarks>
internal sealed class CloudEventHeaders
{
    /// <summary>Type of every forecast.</summary>
    public const string ForecastType = "forecaster.forecast.v1";

    /// <param name="application">Name of the deployment; with the topic it makes the source.</param>
    /// <param name="inputTopic">Topic of the records the forecasts come from.</param>
    public CloudEventHeaders(string application, string inputTopic)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(inputTopic);
    }

    /// <summary>Replaces the headers by those of a forecast.</summary>
#pragma warning disable CA1822 // instance state comes with the body
    public void Fill(MessageHeaders headers, in ForecastView forecast)
    {
        headers.Clear();
    }
#pragma warning restore CA1822
}
