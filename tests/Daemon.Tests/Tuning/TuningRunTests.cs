using Streaming.Daemon.Configuration;
using Streaming.Daemon.Tuning;

namespace Daemon.Tests.Tuning;

/// <summary>Runs between the polls of a lane whose series swing to and fro: easily learnt, and bad for naive.</summary>
public sealed class TuningRunTests
{
    [Fact]
    public void Run_On_PublishesBetterVersionsWithAscendingNumbersAndRecordsEachDecision()
    {
        using TuningBed bed = TuningBed.Run(new() { Mode = TrainingMode.On });

        Assert.True(bed.Pod.Versions.Newest.Id > 1);
        Assert.NotSame(bed.First.Weights, bed.Pod.Versions.Newest.Weights);
        Assert.Equal($"lstm@{bed.Pod.Versions.Newest.Id}", bed.Pod.Versions.Newest.Name);
        TuningDecision[] promoted = [.. bed.Decisions.Recent().Where(decision => decision.Result == "promoted")];
        Assert.Equal(bed.Pod.Metrics.TrainingRuns.WithLabels("promoted").Value, promoted.Length);
        Assert.Equal(bed.Pod.Versions.Newest.Name, promoted[0].Version);
        Assert.All(promoted, decision => Assert.True(decision.Candidate!.Evidence >= 20));
        Assert.All(promoted, decision => Assert.True(decision.Candidate!.RivalLoss < decision.Candidate.ChampionLoss));
        Assert.Equal(0, bed.Pod.Metrics.TrainingRuns.WithLabels("failed").Value);
        Assert.True(bed.Pod.Metrics.TrainingLoss.WithLabels("challenger").Value > 0);
    }

    [Fact]
    public void Run_Shadow_JudgesButNeverPublishes()
    {
        using TuningBed bed = TuningBed.Run(new() { Mode = TrainingMode.Shadow });

        Assert.Same(bed.First, bed.Pod.Versions.Newest);
        Assert.True(bed.Pod.Metrics.TrainingRuns.WithLabels("shadowed").Value > 0);
        Assert.Contains(bed.Decisions.Recent(), decision => decision is { Result: "shadowed", Version: "lstm@1" });
    }

    [Fact]
    public void Run_Pinned_JudgesButNeverPublishes()
    {
        using TuningBed bed = TuningBed.Run(new() { Mode = TrainingMode.On, Pin = 1 });

        Assert.Same(bed.First, bed.Pod.Versions.Newest);
        Assert.True(bed.Pod.Metrics.TrainingRuns.WithLabels("shadowed").Value > 0);
    }

    [Fact]
    public void Run_NewVersionTurnsOutWorse_PutsTheOneBeforeBackInForce()
    {
        // Once it is in force, what swung to and fro wanders: then the last value, the first version, is right.
        bool hasChanged = false;

        using TuningBed bed = TuningBed.Run(
            new() { Mode = TrainingMode.On }, polls: 80, bed => hasChanged |= bed.Pod.Versions.Newest.Id > 1);

        Assert.Equal(1, bed.Pod.Metrics.TrainingRuns.WithLabels("rolled-back").Value);
        TuningDecision rolledBack = bed.Decisions.Recent().Single(decision => decision.Result == "rolled-back");
        Assert.Equal("lstm@1", rolledBack.Version);
        Assert.True(rolledBack.Previous!.RivalLoss < rolledBack.Previous.ChampionLoss);
    }

    [Fact]
    public void Run_NothingCame_CountsNoRun()
    {
        using TuningBed bed = TuningBed.Run(new() { Mode = TrainingMode.On }, polls: 0);

        string[] results = ["promoted", "kept", "shadowed", "rolled-back", "failed"];
        Assert.All(results, result => Assert.Equal(0, bed.Pod.Metrics.TrainingRuns.WithLabels(result).Value));
        Assert.Empty(bed.Decisions.Recent());
    }
}
