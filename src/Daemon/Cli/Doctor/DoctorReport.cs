using System.Text.Json.Serialization;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>What doctor prints, and its --json as one object.</summary>
/// <param name="Application">Whose deployment it is.</param>
/// <param name="Symptoms">All that was looked at, in that order.</param>
internal sealed record DoctorReport(
    [property: JsonPropertyName("application")] string Application,
    [property: JsonPropertyName("symptoms")] IReadOnlyList<Symptom> Symptoms)
{
    /// <summary>Whether there is no problem.</summary>
    [JsonPropertyName("healthy")]
    public bool IsHealthy => Count(Verdict.Problem) == 0;

    public int Count(Verdict verdict) => Symptoms.Count(symptom => symptom.Verdict == verdict);
}
