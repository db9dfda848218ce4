using System.Globalization;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;

namespace Streaming.Daemon.Serving.Api;

/// <summary>Puts together which versions there are. Thread-safe.</summary>
internal sealed class ModelsSource(
    ForecasterOptions options, VersionCatalog catalog, VersionInForce inForce, TrainingSource training)
{
    public ModelsView Models()
    {
        CatalogView view = catalog.View;
        return new(
            inForce.Current is { } current ? NameOf(current.Id) : null, options.Training.Pin is not null,
            view.Champion is { Previous: > 0 } champion && view.Find(champion.Previous) is not null
                ? NameOf(champion.Previous) : null,
            [
                .. view.Versions.Values.Select(entry => entry.Whole?.Manifest).OfType<VersionManifest>()
                    .OrderByDescending(manifest => manifest.Id)
                    .Select(manifest => Of(manifest, manifest.Id == view.Champion?.Id)),
            ],
            training.Training());
    }

    private static VersionView Of(VersionManifest manifest, bool isChampion) => new(
        NameOf(manifest.Id), manifest.Id, isChampion, manifest.Time, manifest.IsGiven() ? null : NameOf(manifest.Base),
        manifest.Why, manifest.Bytes, manifest.Hash);

    private static string NameOf(int id) => string.Create(CultureInfo.InvariantCulture, $"lstm@{id}");
}
