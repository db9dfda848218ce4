using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Clients that the brokers are asked with.</summary>
/// <param name="Survey">Asks what only doctor wants to know.</param>
/// <param name="Metadata">Asks for topics, as the daemon does at its start.</param>
internal sealed record DoctorClients(IClusterSurvey Survey, IClusterMetadata Metadata) : IDisposable
{
    /// <summary>How long a request may take: long for any broker, short for who waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="options">The deployment.</param>
    /// <exception cref="KafkaPortException">librdkafka refuses a property, or can't read a file that one names.</exception>
    public static DoctorClients Open(ForecasterOptions options)
    {
        var survey = new ClusterSurvey(options, NullLogger.Instance, Patience);
        return new(survey, new ClusterMetadata(options.Kafka, NullLogger.Instance));
    }

    public void Dispose()
    {
        Metadata.Dispose();
        Survey.Dispose();
    }
}
