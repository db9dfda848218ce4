using System.Globalization;
using System.Xml.Linq;
using Streaming.Daemon.Pretraining;
using Streaming.Training.Pretraining;

namespace Daemon.Tests.Pretraining;

public sealed class LossCurveTests
{
    private static readonly EpochReport[] Epochs =
    [
        new(0, 0, double.NaN, 0.6, 0, double.NaN, true),
        new(1, 10, 0.55, 0.5, 1e-3, 1, true),
        new(2, 20, 0.35, 0.4, 1e-3, 1, true),
        new(3, 30, 0.25, 0.45, 1e-3, 1, false),
    ];

    [Fact]
    public void Draw_Losses_LieWhereTheAxesSay()
    {
        XElement svg = XElement.Parse(LossCurve.Draw("Training of <m> & co", "loss", Epochs, bestEpoch: 2));

        (double X, double Y)[] train = Points(svg, 0), validation = Points(svg, 1);
        Assert.Equal((3, 4), (train.Length, validation.Length));
        (double X, double Y) best = validation[2];
        XElement circle = svg.Elements().Single(element => element.Name.LocalName == "circle");
        Assert.Equal(best, (Number(circle, "cx"), Number(circle, "cy")));
        Assert.Equal(train[1].X, best.X);
        Assert.Equal(best.Y, validation.Min(point => Math.Max(point.Y, best.Y))); // the least loss lies lowest
        Assert.True(train[0].Y < train[1].Y && train[1].Y < train[2].Y);
        Assert.Contains("Training of <m> & co", Texts(svg));
        Assert.Contains("best: epoch 2, 0.4000", Texts(svg));
        Assert.Superset(new HashSet<string> { "0", "1", "2", "3", "0.2", "0.6", "epoch", "loss" }, Texts(svg));
    }

    [Fact]
    public void Draw_WithoutValidation_ShowsTheTrainingLoss()
    {
        EpochReport[] epochs = [.. Epochs.Select(epoch => epoch with { ValidationLoss = double.NaN })];

        XElement svg = XElement.Parse(LossCurve.Draw("m", "loss", epochs, bestEpoch: 3));

        Assert.Equal((3, 0), (Points(svg, 0).Length, Points(svg, 1).Length));
        Assert.Contains("best: epoch 3", Texts(svg));
    }

    [Fact]
    public void Draw_NetworkBeforeTraining_IsAPicture()
    {
        XElement svg = XElement.Parse(LossCurve.Draw("m", "loss", Epochs[..1], bestEpoch: 0));

        Assert.Single(Points(svg, 1));
    }

    private static (double X, double Y)[] Points(XElement svg, int line)
    {
        XElement polyline = svg.Elements().Where(element => element.Name.LocalName == "polyline").ElementAt(line);
        return [.. polyline.Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(point => point.Split(',')).Select(point => (Parse(point[0]), Parse(point[1])))];
    }

    private static HashSet<string> Texts(XElement svg) =>
        [.. svg.Elements().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

    private static double Number(XElement element, string name) => Parse(element.Attribute(name)!.Value);

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
