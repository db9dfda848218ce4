namespace Benchmarks.Learn;

/// <summary>A data file and how it is split: train, validate, then forecast online.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="StepTicks">Length of a step.</param>
/// <param name="TrainPercent">Share of the rows that train; the score's scaler is fitted on them.</param>
/// <param name="OnlinePercent">Share of the rows before the online part; between the two lies the validation part.
/// </param>
internal sealed record LearnFile(string Name, long StepTicks, int TrainPercent, int OnlinePercent)
{
    /// <summary>ETT by protocol A (60/10/30%), the weather file by FSNet's (20/5/75%).</summary>
    public static readonly LearnFile[] All =
    [
        new("ETTh1", TimeSpan.TicksPerHour, 60, 70),
        new("ETTm1", TimeSpan.TicksPerHour / 4, 60, 70),
        new("WTH", TimeSpan.TicksPerHour, 20, 25),
    ];

    /// <summary>Steps of a day.</summary>
    public int SeasonSteps => (int)(TimeSpan.TicksPerDay / StepTicks);

    /// <summary>First row past the training part.</summary>
    public int TrainEnd(int rows) => (int)((long)rows * TrainPercent / 100);

    /// <summary>First row of the online part.</summary>
    public int OnlineStart(int rows) => (int)((long)rows * OnlinePercent / 100);
}
