using System.Runtime.CompilerServices;
using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Daemon.Tests.Pipeline;

/// <summary>Runs alone: it weighs the process.</summary>
[CollectionDefinition(nameof(SeriesTableMemoryTests), DisableParallelization = true)]
[Collection(nameof(SeriesTableMemoryTests))]
public sealed class SeriesTableMemoryTests
{
    private const int Series = 2_048; // a chunk of rows

    /// <summary>Weighs with the table and then without it: what other tests left behind is gone by then.</summary>
    [Fact]
    public void BytesPerSeries_FullWindows_AreWithinFifteenPercentOfTheProcesssMemory()
    {
        var options = new ForecasterOptions { Series = new() { WindowSteps = 168, Kind = ValueKind.Gauge } };
        var held = new SeriesTable?[1];
        Fill(held, options);
        long estimated = held[0]!.EstimateBytes();

        long bytes = Weigh();
        held[0] = null;
        bytes -= Weigh();

        long expected = Series * StateBound.BytesPerSeries(options);
        Assert.InRange(bytes, 0.85 * expected, 1.15 * expected);
        Assert.InRange(estimated, 0.85 * expected, 1.15 * expected);
    }

    private static long Weigh()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // else the test's own stack would hold the table
    private static void Fill(SeriesTable?[] held, ForecasterOptions options)
    {
        ForecasterSettings settings = PipelineServices.SettingsOf(options);
        ModelShape shape = settings.ShapeOf(options.Model.Hidden, options.Model.Layers);
        var table = new SeriesTable(new RuleBook(options), settings, shape, Series);
        var forecasts = new ForecastBlock(settings.Horizons.Length, settings.QuantileLevels.Length);
        Fill(table, options.Series.WindowSteps, Pod.Version(1, shape), new Forecaster(settings, shape), forecasts);
        held[0] = table;
    }

    private static void Fill(
        SeriesTable table, int steps, ModelVersion version, Forecaster forecaster, ForecastBlock forecasts)
    {
        SeriesState[] series =
            [.. Enumerable.Range(0, Series).Select(i => table.Add(Encoding.UTF8.GetBytes($"{i:D64}"), 0))];
        var queue = new PendingSteps();
        var intake = new Intake(queue, SeriesIdentity.Compare);
        for (int step = 0; step <= steps; step++)
        {
            foreach (SeriesState one in series)
            {
                intake.Offer(one, new(Pod.Start.AddMinutes(step).Ticks, step), 0);
            }

            queue.FormWaves();
            forecasts.Reserve(queue.Count);
            for (int wave = 0; wave < queue.WaveCount; wave++)
            {
                forecaster.Step(version.Weights, table.States, queue.Steps, queue.Wave(wave), forecasts);
            }

            queue.Clear();
        }
    }
}
