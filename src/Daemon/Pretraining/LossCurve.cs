using Streaming.Training.Pretraining;

namespace Streaming.Daemon.Pretraining;

/// <summary>Draws the losses of a run over its epochs, as SVG.</summary>
internal sealed class LossCurve
{
    private const int Width = 860, Height = 480, Left = 76, Right = 28, Top = 96, Bottom = 58, LegendY = 58;
    private const int Floor = Height - Bottom, End = Width - Right;
    private const string TrainColour = "#1f6fb4", ValidationColour = "#c2410c", BestColour = "#374151";
    private const string AxisColour = "#6b7280", GridColour = "#e5e7eb";

    private readonly IReadOnlyList<EpochReport> epochs;
    private readonly AxisScale across;
    private readonly AxisScale up;
    private readonly SvgPicture picture;

    private LossCurve(string title, IReadOnlyList<EpochReport> epochs)
    {
        this.epochs = epochs;
        double[] losses =
            [.. epochs.SelectMany(epoch => new[] { epoch.TrainLoss, epoch.ValidationLoss }).Where(double.IsFinite)];
        across = AxisScale.Over(0, Math.Max(1, epochs[^1].Epoch), ticks: 10, leastStep: 1);
        up = losses.Length > 0 ? AxisScale.Over(losses.Min(), losses.Max(), ticks: 6) : new(0, 1, 1);
        picture = new(Width, Height, title);
        picture.Text(Left, 34, "start", title, """font-size="18" font-weight="bold" """);
    }

    /// <summary>The picture.</summary>
    /// <param name="title">What was trained.</param>
    /// <param name="lossName">What the loss is called.</param>
    /// <param name="epochs">Reports, the network before training first; at least one.</param>
    /// <param name="bestEpoch">The epoch whose weights were kept, one of them.</param>
    public static string Draw(string title, string lossName, IReadOnlyList<EpochReport> epochs, int bestEpoch)
    {
        var curve = new LossCurve(title, epochs);
        curve.DrawLosses(lossName);
        curve.DrawEpochs();
        curve.DrawBest(epochs.First(epoch => epoch.Epoch == bestEpoch));
        curve.DrawCurve(Left, TrainColour, "training", epoch => epoch.TrainLoss);
        curve.DrawCurve(
            Left + 120, ValidationColour, "validation, on each series' newest steps", epoch => epoch.ValidationLoss);
        return curve.picture.ToString();
    }

    private void DrawLosses(string name)
    {
        foreach (double tick in up.Ticks())
        {
            picture.Line(Left, Y(tick), End, Y(tick), GridColour);
            picture.Text(Left - 10, Y(tick) + 4.5, "end", up.Label(tick));
        }

        const double Middle = (Top + Floor) / 2.0;
        picture.Line(Left, Top, Left, Floor, AxisColour);
        picture.Text(20, Middle, "middle", name, $"""transform="rotate(-90 20 {Middle:0.#})" """);
    }

    private void DrawEpochs()
    {
        foreach (double tick in across.Ticks())
        {
            picture.Line(X(tick), Floor, X(tick), Floor + 5, AxisColour);
            picture.Text(X(tick), Floor + 21, "middle", across.Label(tick));
        }

        picture.Line(Left, Floor, End, Floor, AxisColour);
        picture.Text((Left + End) / 2.0, Height - 12, "middle", "epoch");
    }

    private void DrawBest(EpochReport best)
    {
        double x = X(best.Epoch);
        string loss = double.IsNaN(best.ValidationLoss) ? "" : $", {LossText.Of(best.ValidationLoss)}";
        picture.Line(x, Top, x, Floor, BestColour, """stroke-dasharray="4 4" """);
        picture.Text(
            x, Top - 8, across.Share(best.Epoch) > 0.5 ? "end" : "start", $"best: epoch {best.Epoch}{loss}");
        if (double.IsFinite(best.ValidationLoss))
        {
            picture.Ring(x, Y(best.ValidationLoss), 5.5, BestColour);
        }
    }

    private void DrawCurve(int legendX, string colour, string name, Func<EpochReport, double> lossOf)
    {
        picture.Polyline(
            epochs.Where(epoch => double.IsFinite(lossOf(epoch))).Select(epoch => (X(epoch.Epoch), Y(lossOf(epoch)))),
            colour);
        picture.Line(legendX, LegendY, legendX + 26, LegendY, colour, """stroke-width="3" """);
        picture.Text(legendX + 34, LegendY + 4.5, "start", name);
    }

    private double X(double epoch) => Left + ((End - Left) * across.Share(epoch));

    private double Y(double loss) => Floor - ((Floor - Top) * up.Share(loss));
}
