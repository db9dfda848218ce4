using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>A series that comes to a version given by a file remembers what that version would have made of its
/// window.</summary>
public sealed class BurnInTests
{
    private const int Window = 64;

    private static readonly ForecasterSettings Settings = FeatureReference.Under(Partition.SmallSettings, Scaling.MinMax);
    private static readonly ModelParameters First = Partition.LivelyModel(Settings, 1);
    private static readonly ModelParameters Second = Partition.LivelyModel(Settings, 2);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 0)]
    [InlineData(Window, 0)]
    [InlineData(Window, TimeSpan.TicksPerHour)]
    [InlineData(Window, TimeSpan.TicksPerDay)]
    public void Step_WindowHasAll_IsAsIfItHadAlwaysBeenUnderThatVersion(int before, long stepTicks)
    {
        Partition moved = Create(stepTicks, First), always = Create(stepTicks, Second);
        moved.Served = Version(1, First, burnInSteps: 0);
        Live(moved, from: 0, before);
        moved.Served = Version(2, Second, burnInSteps: Window);
        Live(moved, before, before + 1);
        Live(always, from: 0, before + 1);

        Assert.Equal(always.StateOf(0), moved.StateOf(0));
        Assert.Equal(SeriesStatus.BurnIn, moved.Results[0][before].Status);
        Assert.NotEqual(SeriesStatus.BurnIn, moved.Results[0][before - 1].Status);
    }

    [Fact]
    public void Step_AfterIt_GoesOnWithoutAnother()
    {
        Partition moved = Create(0, First);
        moved.Served = Version(1, First, burnInSteps: 9);
        Live(moved, 0, 20);
        moved.Served = Version(2, Second, burnInSteps: 9);
        Live(moved, 20, 40);

        Assert.Equal([20], Enumerable.Range(0, 40).Where(t => moved.Results[0][t].Status == SeriesStatus.BurnIn));
    }

    [Fact]
    public void Step_VersionWasTrainedOnFromTheOneBefore_KeepsTheState()
    {
        Partition moved = Create(0, First), plain = Create(0, First);
        moved.Served = Version(1, First, burnInSteps: 0);
        Live(moved, 0, 30);
        moved.Served = Version(2, First, burnInSteps: 0);
        Live(moved, 30, 40);
        Live(plain, 0, 40);

        Assert.Equal(plain.StateOf(0), moved.StateOf(0));
        Assert.DoesNotContain(moved.Results[0], result => result.Status == SeriesStatus.BurnIn);
    }

    [Fact]
    public void Step_AfterARestart_RemembersWhichVersionItsStateIsOf()
    {
        Partition steady = Create(0, First);
        steady.Served = Version(1, First, burnInSteps: 0);
        Live(steady, 0, 30);
        Partition revived = steady.Revive(Settings, First);
        (steady.Served, revived.Served) = (Version(2, Second, 12), Version(2, Second, 12));
        Live(steady, 30, 31);
        Live(revived, 30, 31);

        Assert.Equal(steady.BytesOf(0), revived.BytesOf(0));
    }

    private static ServedWeights Version(int id, ModelParameters parameters, int burnInSteps) =>
        new(id, ModelWeights.Pack(parameters), burnInSteps);

    private static Partition Create(long stepTicks, ModelParameters parameters) =>
        new([new SeriesProfile { StepTicks = stepTicks, SeasonSteps = 5, WindowSteps = Window }], Settings, parameters);

    /// <summary>Steps of an hour or a day each, of which some are missing and held.</summary>
    private static void Live(Partition partition, int from, int to)
    {
        SeriesProfile profile = partition.Series[0].Profile;
        for (int t = from; t < to; t++)
        {
            var random = new Random(t);
            long time = profile.IsEventMode
                ? RandomStream.Start + (t * TimeSpan.TicksPerHour)
                : profile.StartOf(profile.IndexOf(RandomStream.Start) + t);
            partition.Queue.Add(new PendingStep(
                partition.Series[0], time, 10 + random.NextDouble(), IsHeld: t % 6 == 5, Restarts: false, Origin: 0)
            {
                Covariates = FeatureReference.Covariates(random),
            });
            partition.StepWaves();
            partition.Note();
        }
    }
}
