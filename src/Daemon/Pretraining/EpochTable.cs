using System.Diagnostics;
using System.Globalization;
using Streaming.Training.Pretraining;

namespace Streaming.Daemon.Pretraining;

/// <summary>A line an epoch, in columns.</summary>
/// <param name="steps">Steps of all series: what an epoch is counted as.</param>
internal sealed class EpochTable(long steps)
{
    private long last = Stopwatch.GetTimestamp();

    public static string Heading =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{"epoch",5}  {"train loss",10}  {"validation",10}  {"rate",8}  {"gradient",9}  {"steps/s",9}");

    /// <summary>The line of an epoch that has just ended.</summary>
    public string Line(EpochReport epoch)
    {
        double seconds = Stopwatch.GetElapsedTime(last).TotalSeconds;
        last = Stopwatch.GetTimestamp();
        bool isTrained = epoch.Epoch > 0;
        string rate = isTrained ? epoch.LearningRate.ToString("0.00e+0", CultureInfo.InvariantCulture) : "-";
        string speed = isTrained ? (steps / seconds).ToString("N0", CultureInfo.InvariantCulture) : "-";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{epoch.Epoch,5}  {LossText.Of(epoch.TrainLoss),10}  {LossText.Of(epoch.ValidationLoss),10}  {rate,8}  "
            + $"{LossText.Of(epoch.GradientNorm),9}  {speed,9}{(epoch.IsBest && isTrained ? "  best" : "")}");
    }
}
