using System.Globalization;

namespace Streaming.Daemon.Configuration;

/// <summary>The horizons that a kind of series publishes: durations, each of which the model must forecast.</summary>
internal static class SeriesHorizons
{
    /// <summary>Places in Model:Horizons of the horizons that are published, ascending; all where none is
    /// named.</summary>
    /// <param name="options">Settings of the kind; they passed <see cref="Check"/>.</param>
    /// <param name="model">Horizons in steps, [K].</param>
    public static IReadOnlyList<int> PlacesOf(SeriesOptions options, ModelOptions model)
    {
        IEnumerable<int> all = Enumerable.Range(0, model.Horizons.Count);
        return options.Horizons.Count > 0 && StepLength.TryParse(options.Step, out long stepTicks)
            ? [.. all.Where(k => options.Horizons.Contains(TimeSpan.FromTicks(model.Horizons[k] * stepTicks)))]
            : [.. all];
    }

    public static IEnumerable<ConfigurationError> Check(ForecasterOptions options)
    {
        IEnumerable<(string Key, SeriesOptions Series)> kinds = options.Rules
            .Select((rule, i) => (Rule: rule, Key: $"Rules:{i}:"))
            .Where(rule => rule.Rule.Horizons is not null || rule.Rule.Step is not null) // else as wrong as Series
            .Select(rule => (rule.Key, rule.Rule.Over(options.Series)))
            .Prepend(("Series:", options.Series));
        return kinds.SelectMany(kind => Faults(kind.Series, options.Model)
            .Select(fault => new ConfigurationError(kind.Key + nameof(SeriesOptions.Horizons), fault)));
    }

    private static IEnumerable<string> Faults(SeriesOptions series, ModelOptions model)
    {
        if (series.Horizons.Count == 0 || !StepLength.TryParse(series.Step, out long stepTicks))
        {
            return [];
        }

        if (stepTicks == 0)
        {
            return ["must be empty in event mode, where the horizons of Model:Horizons are events, not times"];
        }

        TimeSpan[] known = [.. model.Horizons.Select(steps => TimeSpan.FromTicks(steps * stepTicks))];
        return series.Horizons.Except(known).Select(horizon =>
            $"{Text(horizon)} is none that the model forecasts: with steps of {series.Step} those are "
            + $"{string.Join(", ", known.Select(Text))} (Model:Horizons)");
    }

    private static string Text(TimeSpan span) => span.ToString("c", CultureInfo.InvariantCulture);
}
