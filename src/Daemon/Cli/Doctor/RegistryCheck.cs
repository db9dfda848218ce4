using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding.Schemas;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Whether the schema registry answers, where the configuration names one.</summary>
internal static class RegistryCheck
{
    private const string Name = "registry";

    /// <param name="options">The input's schemas.</param>
    /// <param name="handler">Sends requests; null for the network.</param>
    public static IEnumerable<Symptom> Look(SchemaOptions options, HttpMessageHandler? handler = null)
    {
        if (options.RegistryUrl is not { } url)
        {
            yield break;
        }

        using var registry = new SchemaRegistry(options, handler);
        string? reason = null;
        try
        {
            registry.Probe();
        }
        catch (RegistryAwayException e)
        {
            reason = e.Message;
        }

        yield return reason is null
            ? new(Verdict.Ok, Name, url, "answers")
            : new(
                Verdict.Problem, Name, url, OneLine.Of(reason),
                "Start it, correct Input:Schema:RegistryUrl, or set RegistryUser and RegistryPassword: while it is away "
                + "records wait whose schema is not known yet.");
    }
}
