using Streaming.Inference.Series;
using Streaming.Training.Samples;

namespace Streaming.Training.Preparation;

/// <summary>Makes samples of a found series: cleans it, puts it on its grid as the live path does, fills its gaps.
/// </summary>
/// <remarks>
/// Steps come from the live path's own <see cref="Intake"/>, so what a step is worth, which gaps are held and where a
/// series starts anew are the same in training and in service.
/// </remarks>
public static class SeriesPreparation
{
    /// <summary>Prepares one series.</summary>
    /// <param name="series">As found.</param>
    /// <param name="profile">Its grid, season and largest gap.</param>
    /// <param name="settings">Horizons and the rest that all series share.</param>
    /// <param name="options">How it is cleaned and filled.</param>
    /// <returns>One sample for each stretch without a gap too long to hold, in time order, whatever its length.</returns>
    /// <exception cref="ArgumentException">Times run backwards, lengths differ, or a setting is out of bounds.
    /// </exception>
    public static IReadOnlyList<WindowSample> Prepare(
        RawSeries series, SeriesProfile profile, ForecasterSettings settings, PreparationOptions options)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        RequireOrder(series);
        var samples = new List<WindowSample>();
        Stretch stretch = new(settings.Covariates.Length);
        foreach (PendingStep step in Steps(series, profile, settings, options))
        {
            if (step.Restarts)
            {
                stretch.Flush(series, profile, options, samples);
            }

            stretch.Add(step);
        }

        stretch.Flush(series, profile, options, samples);
        return samples;
    }

    private static PendingStep[] Steps(
        RawSeries series, SeriesProfile profile, ForecasterSettings settings, PreparationOptions options)
    {
        double[] values = Outliers.Clean(series.Values, options);
        var queue = new PendingSteps();
        var intake = new Intake(queue, (_, _) => 0);
        var state = new SeriesState(profile, settings, row: 0) { NamedKind = ValueKinds.OfName(series.Id) };
        for (int n = 0; n < values.Length; n++)
        {
            if (!double.IsNaN(values[n]))
            {
                intake.Offer(state, new(series.TimeTicks[n], values[n]), origin: n, series.With(n));
            }
        }

        if (!profile.IsEventMode && intake.StreamTimeTicks > long.MinValue)
        {
            // A later time closes the last step; its own is never closed.
            long end = profile.StartOf(profile.IndexOf(intake.StreamTimeTicks) + 1) + profile.GraceTicks;
            intake.Offer(state, new(end, 0), origin: values.Length);
        }

        return queue.Steps.ToArray();
    }

    private static void RequireOrder(RawSeries series)
    {
        if (series.TimeTicks.Length != series.Values.Length)
        {
            throw new ArgumentException(
                $"Series '{series.Id}' has {series.TimeTicks.Length} times and {series.Values.Length} values.");
        }

        for (int n = 1; n < series.TimeTicks.Length; n++)
        {
            if (series.TimeTicks[n] < series.TimeTicks[n - 1])
            {
                throw new ArgumentException($"The times of series '{series.Id}' run backwards at value {n + 1}.");
            }
        }
    }

    /// <summary>Steps since the series last started anew.</summary>
    private sealed class Stretch(int covariateCount)
    {
        private readonly List<double> values = [];
        private readonly List<bool> missing = [];
        private readonly List<long> times = [];
        private readonly List<double> covariates = [];

        public void Add(in PendingStep step)
        {
            values.Add(step.Value);
            missing.Add(step.IsHeld);
            times.Add(step.TimeTicks);
            covariates.AddRange(step.Covariates.Span);
            covariates.AddRange(Enumerable.Repeat(double.NaN, covariateCount - step.Covariates.Length));
        }

        public void Flush(
            RawSeries series, SeriesProfile profile, PreparationOptions options, List<WindowSample> samples)
        {
            if (values.Count > 0)
            {
                double[] filled = [.. values];
                bool[] isMissing = [.. missing];
                GapFill.Fill(filled, isMissing, options.Fill ?? profile.Gap, profile.SeasonSteps);
                samples.Add(WindowSample.Of(
                    series.Hash, profile, filled, isHeld: isMissing, isImputed: isMissing, [.. times],
                    covariates: [.. covariates]));
            }

            values.Clear();
            missing.Clear();
            times.Clear();
            covariates.Clear();
        }
    }
}
