using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.Models;

/// <summary>Which version this process goes by: the pinned one, else the champion of the models topic; tells the lanes
/// where that changes.</summary>
/// <remarks>The follower's thread calls, any thread reads.</remarks>
internal sealed partial class VersionInForce(
    ForecasterOptions options, NetworkForm form, VersionCatalog catalog, VersionFeed versions,
    ILogger<VersionInForce> logger)
{
    private volatile KeptVersion? current;
    private int refused;

    /// <summary>The version in force; null until <see cref="Begin"/>.</summary>
    public KeptVersion? Current => current;

    /// <summary>Takes the version in force once the topic was read to its end.</summary>
    /// <exception cref="ModelsRefusedException">It is not one that the configuration asks for.</exception>
    public void Begin()
    {
        CatalogView view = catalog.View;
        if (options.Training.Pin is { } pin && view.Find(pin) is null)
        {
            LogPinMissing(pin, view.Champion!.Id);
        }

        KeptVersion chosen = Choose(view)
            ?? throw new InvalidOperationException("The models topic was read to its end and has no champion.");
        if (chosen.Manifest.Form != form)
        {
            throw new ModelsRefusedException(
                $"Version {chosen.Id} of topic '{options.ModelsTopic}' is in force, another network than configured: "
                + $"{chosen.Manifest.Form.DifferencesTo(form)}. Put the options back, or set Model:File to a network "
                + "that they fit, which then replaces it, or run 'forecaster reset --models', or choose another Application.");
        }

        Use(chosen, view);
    }

    /// <summary>Looks whether another version is in force now; one that is not configured for is passed over.</summary>
    public void Look()
    {
        CatalogView view = catalog.View;
        if (current is null || Choose(view) is not { } chosen || chosen.Id == current.Id)
        {
            return;
        }

        if (chosen.Manifest.Form == form)
        {
            Use(chosen, view);
        }
        else if (refused != chosen.Id)
        {
            refused = chosen.Id;
            LogMisfit(chosen.Id, current.Id, chosen.Manifest.Form.DifferencesTo(form));
        }
    }

    private KeptVersion? Choose(CatalogView view) =>
        (options.Training.Pin is { } pin ? view.Find(pin) : null) ?? view.InForce;

    private void Use(KeptVersion chosen, CatalogView view)
    {
        current = chosen; // first: who finds the newer one in the feed finds it here, too
        versions.Newest = chosen.Version;
        LogInForce(chosen.Version.Name, chosen.Id == view.Champion?.Id ? view.Champion.Why : "pinned");
    }

    [LoggerMessage(222, LogLevel.Information, "{Version} is in force: {Why}")]
    private partial void LogInForce(string version, string why);

    [LoggerMessage(223, LogLevel.Error,
        "Version {Refused} is in force elsewhere, but {Kept} stays in force here, where another network is configured: "
        + "{Differences}. Give all instances one configuration")]
    private partial void LogMisfit(int refused, int kept, string differences);

    [LoggerMessage(205, LogLevel.Warning, "Version {Pin} is pinned but not in the models topic; {Version} is in force")]
    private partial void LogPinMissing(int pin, int version);
}
