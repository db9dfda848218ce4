using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>Exponential smoothing of one series: level, damped trend and, in half of its forms, an additive season.
/// </summary>
/// <remarks>
/// Forms from slow to fast run side by side; the one whose one-step errors have been least speaks. Seasons start from
/// the first one seen. Source: Holt 1957, Winters 1960; damped trend, Gardner and McKenzie 1985. Allocates nothing in a
/// step. Not thread-safe.
/// </remarks>
/// <param name="seasonSteps">Season in steps; zero where none is known.</param>
internal sealed class SmoothingExpert(int seasonSteps)
{
    private const double TrendDamping = 0.95;
    private const double TrendShare = 0.1;
    private const double SeasonRate = 0.2;
    private const double ErrorMemory = 0.99;

    private static readonly double[] Rates = [0.1, 0.3, 0.7];

    private readonly double[] seasons = new double[Rates.Length * seasonSteps];
    private readonly Form[] forms = new Form[seasonSteps > 0 ? 2 * Rates.Length : Rates.Length];
    private long step;

    /// <summary>Bytes of its arrays.</summary>
    public static long BytesOf(int seasonSteps) => SeriesMemory.ArrayOf<double>(Rates.Length * seasonSteps)
        + SeriesMemory.ArrayOf<Form>((seasonSteps > 0 ? 2 : 1) * Rates.Length);

    /// <summary>Takes the value of the next step.</summary>
    /// <param name="value">Finite, in the series' unit.</param>
    public void Take(double value)
    {
        for (int n = 0; n < forms.Length; n++)
        {
            ref Form form = ref forms[n];
            bool isSeasonal = n >= Rates.Length;
            if (isSeasonal && step <= seasonSteps)
            {
                Begin(n, value);
            }
            else if (step == 0)
            {
                form.Level = value;
            }
            else
            {
                Learn(n, ref form, value);
            }
        }

        step++;
    }

    /// <summary>Forecast of a horizon in steps, in the series' unit, after at least one value.</summary>
    public double Forecast(int horizonSteps)
    {
        int best = 0, spoken = step > seasonSteps ? forms.Length : Rates.Length;
        for (int n = 1; n < spoken; n++)
        {
            best = forms[n].Error < forms[best].Error ? n : best;
        }

        double damped = 0, factor = TrendDamping;
        for (int h = 0; h < horizonSteps && factor > 1e-6; h++, factor *= TrendDamping)
        {
            damped += factor;
        }

        return forms[best].Level + (damped * forms[best].Trend) + Season(best, step - 1 + horizonSteps);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        step = 0;
        seasons.AsSpan().Clear();
        forms.AsSpan().Clear();
    }

    /// <summary>Gathers the first season; then the level is its mean and the season what is left.</summary>
    private void Begin(int n, double value)
    {
        Span<double> season = seasons.AsSpan((n - Rates.Length) * seasonSteps, seasonSteps);
        if (step < seasonSteps)
        {
            season[(int)step] = value;
            return;
        }

        ref Form form = ref forms[n];
        foreach (double first in season)
        {
            form.Level += first / seasonSteps;
        }

        for (int i = 0; i < season.Length; i++)
        {
            season[i] -= form.Level;
        }

        form.Error = forms[n - Rates.Length].Error;
        Learn(n, ref form, value);
    }

    private void Learn(int n, ref Form form, double value)
    {
        double rate = Rates[n % Rates.Length];
        double before = form.Level + (TrendDamping * form.Trend), season = Season(n, step);
        double error = value - before - season;
        form.Error = (ErrorMemory * form.Error) + ((1 - ErrorMemory) * error * error);
        form.Level = before + (rate * error);
        form.Trend = (TrendDamping * form.Trend) + (TrendShare * rate * error);
        if (n >= Rates.Length)
        {
            int at = ((n - Rates.Length) * seasonSteps) + (int)(step % seasonSteps);
            seasons[at] = season + (SeasonRate * (1 - rate) * error);
        }
    }

    private double Season(int n, long at) =>
        n < Rates.Length ? 0 : seasons[((n - Rates.Length) * seasonSteps) + (int)(at % seasonSteps)];

    internal void WriteTo(StateWriter writer)
    {
        writer.Write<double>(seasons);
        writer.Write<Form>(forms);
        writer.Write(step);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        reader.Read<double>(seasons);
        reader.Read<Form>(forms);
        step = reader.Read<long>();
    }

    private struct Form
    {
        public double Level;
        public double Trend;

        /// <summary>Discounted mean squared error of one-step forecasts.</summary>
        public double Error;
    }
}
