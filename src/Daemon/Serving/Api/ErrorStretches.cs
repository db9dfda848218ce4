using Streaming.Daemon.Pipeline.Questions;

namespace Streaming.Daemon.Serving.Api;

/// <summary>Errors of a series over time: means over stretches of its history.</summary>
internal static class ErrorStretches
{
    private const int Stretches = 24;

    /// <param name="points">Closed steps, oldest first.</param>
    /// <returns>At most 24, in order; none for steps without forecast.</returns>
    public static IReadOnlyList<ErrorView> Of(IReadOnlyList<HistoryPoint> points)
    {
        HistoryPoint[] scored = [.. points.Where(point => double.IsFinite(point.Value - point.Yhat))];
        int length = Math.Max(1, (scored.Length + Stretches - 1) / Stretches);
        return [.. scored.Chunk(length).Select(Of)];
    }

    private static ErrorView Of(HistoryPoint[] stretch)
    {
        double error = stretch.Average(point => Math.Abs(point.Value - point.Yhat));
        double naive = stretch.Average(point => Math.Abs(point.Value - point.Naive));
        return new(
            new(stretch[0].TimeTicks, DateTimeKind.Utc), new(stretch[^1].TimeTicks, DateTimeKind.Utc), stretch.Length,
            error, naive, naive > 0 ? error / naive : null);
    }
}
