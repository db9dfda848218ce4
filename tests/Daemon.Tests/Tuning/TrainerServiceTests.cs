using Daemon.Tests.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;
using Streaming.Daemon.Tuning;

namespace Daemon.Tests.Tuning;

public sealed class TrainerServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // a bound for a broken build, no measure

    [Fact]
    public async Task Run_WindowsCame_Trains()
    {
        using TuningBed bed = TuningBed.Fed(
            new() { Mode = TrainingMode.On, Interval = TimeSpan.FromMilliseconds(1), CpuShare = 1 });
        using TrainerService trainer = Create(bed);
        await trainer.StartAsync(CancellationToken.None);

        await Until(() => bed.Pod.Metrics.TrainingRuns.WithLabels("kept").Value > 0);

        await trainer.StopAsync(CancellationToken.None).WaitAsync(Patience);
        Assert.True(trainer.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Run_Frozen_RestsUntilItIsReleased()
    {
        using TuningBed bed = TuningBed.Fed(
            new() { Mode = TrainingMode.On, Interval = TimeSpan.FromMilliseconds(1), Freeze = true });
        var control = new TuningControl(bed.Pod.Options);
        using TrainerService trainer = Create(bed, control);
        int windows = bed.Pod.Tap!.Reader.Count;
        await trainer.StartAsync(CancellationToken.None);
        await Task.Delay(20);
        Assert.Equal(windows, bed.Pod.Tap.Reader.Count);

        control.IsFrozen = false;

        await Until(() => bed.Pod.Metrics.TrainingRuns.WithLabels("kept").Value > 0);
        await trainer.StopAsync(CancellationToken.None).WaitAsync(Patience);
    }

    [Fact]
    public async Task Run_AnotherProcessHasTheSeat_Rests()
    {
        using TuningBed bed = TuningBed.Fed(
            new() { Mode = TrainingMode.On, Interval = TimeSpan.FromMilliseconds(1), CpuShare = 1 });
        using TrainerService trainer = Create(bed);
        bed.Pod.Seat.Leave(bed.Pod.Seat.Term);
        int windows = bed.Pod.Tap!.Reader.Count;

        await trainer.StartAsync(CancellationToken.None);
        await Task.Delay(20);
        Assert.Equal(windows, bed.Pod.Tap.Reader.Count);
        bed.Pod.Seat.Take();

        await Until(() => bed.Pod.Metrics.TrainingRuns.WithLabels("kept").Value > 0);
        await trainer.StopAsync(CancellationToken.None).WaitAsync(Patience);
    }

    /// <summary>Another process has taken publishing over; then the partition comes back.</summary>
    [Fact]
    public async Task Run_PublishingIsLost_GoesOnWithTheNextTerm()
    {
        using TuningBed bed = TuningBed.Fed(
            new() { Mode = TrainingMode.On, Interval = TimeSpan.FromMilliseconds(1), CpuShare = 1 });
        int opened = 0;
        using TrainerService trainer = Create(bed, open: _ => ++opened == 1
            ? throw new PublisherLostException("fenced", isFenced: true, new InvalidOperationException())
            : bed.OpenDesk());
        await trainer.StartAsync(CancellationToken.None);
        await Until(() => opened == 1);

        bed.Pod.Seat.Take();

        await Until(() => bed.Pod.Metrics.TrainingRuns.WithLabels("kept").Value > 0);
        Assert.Equal(2, opened);
        await trainer.StopAsync(CancellationToken.None).WaitAsync(Patience);
        Assert.True(trainer.ExecuteTask!.IsCompletedSuccessfully);
    }

    /// <summary>What was trained on from another version may not replace the one in force now.</summary>
    [Fact]
    public async Task Run_AnotherVersionIsPutInForce_BeginsAnewFromThat()
    {
        using TuningBed bed = TuningBed.Fed(
            new() { Mode = TrainingMode.On, Interval = TimeSpan.FromMilliseconds(1), CpuShare = 1 });
        var begunFrom = new List<int>();
        using TrainerService trainer = Create(bed, open: _ =>
        {
            begunFrom.Add(bed.Pod.Versions.Newest.Id);
            return bed.OpenDesk();
        });
        await trainer.StartAsync(CancellationToken.None);
        await Until(() => bed.Pod.Metrics.TrainingRuns.WithLabels("kept").Value > 0);

        using (ModelsPublisher other = bed.Models.Open())
        {
            other.Publish(new(ModelsLog.Parameters(2, bed.Pod.Shape), bed.Models.Form, 0, "a file"));
        }

        await Until(() => begunFrom.Count > 1);
        Assert.Equal([1, 2], begunFrom.Take(2));
        await trainer.StopAsync(CancellationToken.None).WaitAsync(Patience);
    }

    [Fact]
    public async Task Stop_BetweenRuns_DoesNotWaitForTheNext()
    {
        using TuningBed bed = TuningBed.Fed(new() { Mode = TrainingMode.On, Interval = TimeSpan.FromDays(7) });
        using TrainerService trainer = Create(bed);
        await trainer.StartAsync(CancellationToken.None);

        await trainer.StopAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.False(trainer.ExecuteTask!.IsFaulted);
        Assert.Equal(1, bed.Pod.Versions.Newest.Id);
    }

    [Fact]
    public async Task Stop_WhileItRestsForItsShare_DoesNotWaitForTheRest()
    {
        // At a share of 1e-7 of a core the rest after the first piece of work outlasts any test.
        using TuningBed bed = TuningBed.Fed(
            new() { Mode = TrainingMode.On, Interval = TimeSpan.FromMilliseconds(1), CpuShare = 1e-7 });
        using TrainerService trainer = Create(bed);
        await trainer.StartAsync(CancellationToken.None);
        await Until(() => bed.Pod.Tap!.Reader.Count == 0);

        await trainer.StopAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(0, bed.Pod.Metrics.TrainingRuns.WithLabels("kept").Value); // one piece of work, then rest
        Assert.True(trainer.ExecuteTask!.IsCompletedSuccessfully);
    }

    private static async Task Until(Func<bool> reached)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!reached())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static TrainerService Create(TuningBed bed, TuningControl? control = null, OpenDesk? open = null)
    {
        bed.Pod.Seat.Take();
        return new(
            bed.Pod.Options, bed.Pod.Seat, open ?? (_ => bed.OpenDesk()), bed.Models.InForce, bed.Runs,
            control ?? new(bed.Pod.Options), bed.Pod.Metrics, NullLogger<TrainerService>.Instance);
    }
}
