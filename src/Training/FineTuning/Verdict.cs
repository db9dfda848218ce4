namespace Streaming.Training.FineTuning;

/// <summary>How a challenger compares with the champion on the held-out tails of the same windows.</summary>
public sealed record Verdict
{
    /// <summary>Mean loss of the champion over series; NaN if there was nothing to judge.</summary>
    public double ChampionLoss { get; init; } = double.NaN;

    /// <summary>Mean loss of the challenger over series; NaN if there was nothing to judge.</summary>
    public double ChallengerLoss { get; init; } = double.NaN;

    /// <summary>Mean loss of the champion at each output, [K]; NaN where no label has arrived.</summary>
    public IReadOnlyList<double> ChampionLossByOutput { get; init; } = [];

    /// <summary>Mean loss of the challenger at each output, [K].</summary>
    public IReadOnlyList<double> ChallengerLossByOutput { get; init; } = [];

    /// <summary>1 - challenger's loss / champion's; 0 if there was nothing to judge.</summary>
    public double RelativeGain { get; init; }

    /// <summary>Mean over series of (champion's loss - challenger's), over its standard error.</summary>
    public double Statistic { get; init; }

    /// <summary>What the statistic had to reach.</summary>
    public double RequiredStatistic { get; init; }

    /// <summary>Series with held-out labels.</summary>
    public int Series { get; init; }

    /// <summary>Windows too short to train or judge.</summary>
    public int SkippedWindows { get; init; }

    /// <summary>Updates of the run that was judged.</summary>
    public int Updates { get; init; }

    /// <summary>Whether the challenger should become champion.</summary>
    public required bool Promote { get; init; }

    /// <summary>Whether the run was stopped by numbers that are not finite.</summary>
    public bool Stopped { get; init; }

    /// <summary>Whether the challenger starts over from the champion: stopped, or worse too often in a row.</summary>
    public bool StartsOver { get; init; }

    /// <summary>Why, in a few words for a log.</summary>
    public required string Reason { get; init; }
}
