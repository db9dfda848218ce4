using System.Diagnostics;
using Streaming.Inference.Experts;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Benchmarks.Profiles;

/// <summary>Some series of one profile, stepped as one wave.</summary>
internal sealed class ProfileFleet
{
    private const int TimedSteps = 20;
    private const int Rounds = 7;

    private readonly SeriesProfile profile;
    private readonly ModelWeights weights;
    private readonly Forecaster forecaster;
    private readonly ForecastBlock block;
    private readonly StateTable states;
    private readonly SeriesState[] series;
    private readonly PendingSteps steps = new();
    private readonly Random random = new(Seed: 1);
    private int step;

    public ProfileFleet(SeriesProfile profile, ForecasterSettings settings, ModelParameters parameters, int count)
    {
        this.profile = profile;
        weights = ModelWeights.Pack(parameters);
        forecaster = new Forecaster(settings, parameters.Shape);
        block = new ForecastBlock(settings.Horizons.Length, settings.QuantileLevels.Length);
        block.Reserve(count);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        states = new StateTable(parameters.Shape, count);
        var plan = ExpertPlan.Of(profile, settings, parameters.Shape.Hidden);
        series =
        [
            .. Enumerable.Range(0, count).Select(_ => new SeriesState(profile, settings, states.Rent(), plan)),
        ];
        for (int i = 0; i < profile.WindowSteps; i++)
        {
            Step();
        }

        MeasuredBytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
    }

    /// <summary>Bytes that a series took of the heap once its window was full.</summary>
    public long MeasuredBytes { get; }

    /// <summary>Time of one step of one series, in µs: the least of some rounds, for others may use the machine.</summary>
    public double MeasureMicroseconds()
    {
        var best = TimeSpan.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < TimedSteps; i++)
            {
                Step();
            }

            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        return best.TotalMicroseconds / (TimedSteps * series.Length);
    }

    private void Step()
    {
        long time = DateTime.UnixEpoch.Ticks + (step * profile.StepTicks);
        for (int s = 0; s < series.Length; s++)
        {
            double value = 10 + Math.Sin(2 * Math.PI * step / 24) + random.NextDouble();
            steps.Add(new PendingStep(series[s], time, value, IsHeld: false, Restarts: false, Origin: s));
        }

        steps.FormWaves();
        forecaster.Step(weights, states, steps.Steps, steps.Wave(0), block);
        steps.Clear();
        step++;
    }
}
