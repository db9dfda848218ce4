using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class PendingStepsTests
{
    [Fact]
    public void FormWaves_AnySteps_GivesEachStepOnceAndEachSeriesInOrder()
    {
        var random = new Random(Seed: 3);
        var profile = new SeriesProfile { StepTicks = 0 };
        SeriesState[] series =
            [.. Enumerable.Range(0, 9).Select(i => new SeriesState(profile, Partition.SmallSettings, i))];
        var queue = new PendingSteps();
        for (int trial = 0; trial < 200; trial++)
        {
            int count = random.Next(60);
            for (int i = 0; i < count; i++)
            {
                queue.Add(new PendingStep(series[random.Next(1 + random.Next(9))], i, 0, false, false, i));
            }

            queue.FormWaves();

            int most = queue.Steps.ToArray().GroupBy(s => s.Series).Select(g => g.Count()).DefaultIfEmpty().Max();
            Assert.Equal(most, queue.WaveCount);
            var placed = new List<int>();
            var done = new Dictionary<SeriesState, int>();
            for (int w = 0; w < queue.WaveCount; w++)
            {
                int[] wave = queue.Wave(w).ToArray();
                Assert.Equal(wave.Order(), wave);
                Assert.Equal(wave.Length, wave.Select(i => queue.Steps.ToArray()[i].Series).Distinct().Count());
                foreach (int i in wave)
                {
                    SeriesState own = queue.Steps[i].Series;
                    Assert.True(i > done.GetValueOrDefault(own, -1));
                    done[own] = i;
                }

                placed.AddRange(wave);
            }

            Assert.Equal(Enumerable.Range(0, count), placed.Order());
            queue.Clear();
            Assert.Equal(0, queue.Count);
            Assert.Equal(0, queue.WaveCount);
        }
    }
}
