using System.Text.Json;

namespace Chart.Tests.Monitoring;

public sealed class GrafanaTests
{
    private static readonly string text =
        File.ReadAllText(RepositoryRoot.Combine("helm", "dashboards", "forecaster.json"));

    [Fact]
    public void Dashboard_Metrics_AreAllThoseOfTheDaemonAndNoOthers() =>
        Assert.Equal(MetricNames.Known.Order(), MetricNames.In(text).Order());

    [Fact]
    public void Dashboard_EachPanel_SaysWhatItShowsAndHasAPlaceOfItsOwn()
    {
        using JsonDocument dashboard = JsonDocument.Parse(text);
        JsonElement[] panels = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()];
        JsonElement[] charts = [.. panels.Where(panel => panel.GetProperty("type").GetString() != "row")];

        Assert.All(charts, panel =>
        {
            Assert.NotEmpty(panel.GetProperty("description").GetString()!);
            Assert.All(
                panel.GetProperty("targets").EnumerateArray(),
                target => Assert.NotEmpty(target.GetProperty("expr").GetString()!));
        });
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(panels.Length, panels.Select(Place).Distinct().Count());
        Assert.All(panels, panel => Assert.InRange(Place(panel).X + Place(panel).Width, 1, 24));
    }

    private static (int X, int Y, int Width) Place(JsonElement panel)
    {
        JsonElement place = panel.GetProperty("gridPos");
        return (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32(), place.GetProperty("w").GetInt32());
    }
}
