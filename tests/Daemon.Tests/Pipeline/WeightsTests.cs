using System.Text.Json;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Experts;

namespace Daemon.Tests.Pipeline;

public sealed class WeightsTests
{
    [Fact]
    public void Run_WithWeights_TellsThemAndChangesNothingElse()
    {
        MemoryBroker plain = RandomStreams.Create(seed: 5, records: 300), told = RandomStreams.Create(seed: 5, records: 300);
        ForecasterOptions options = Pod.SmallOptions();
        using var without = new Pod(plain, options);
        using var with = new Pod(told, options with { Output = options.Output with { Weights = true } });

        without.RunToEnd();
        with.RunToEnd();

        Assert.Equal(plain.Forecasts.Select(m => m.Text).Order(), told.Forecasts.Select(m => Without(m.Text)).Order());
        Assert.All(told.Forecasts.Where(m => !m.Text.Contains("missing", StringComparison.Ordinal)), message =>
        {
            using JsonDocument json = JsonDocument.Parse(message.Text);
            Assert.InRange(
                json.RootElement.GetProperty("experts").EnumerateObject().Sum(one => one.Value.GetDouble()), 0.98, 1.02);
        });
    }

    [Fact]
    public void Run_AnyStreams_ExportsMeansThatAddUpToOne()
    {
        using var pod = new Pod(RandomStreams.Create(seed: 6), Pod.SmallOptions());

        pod.RunToEnd();

        Assert.Equal(1, ExpertFamilies.Names.Sum(pod.Metrics.Accuracy.ExpertWeight), 1e-3);
        Assert.True(pod.Metrics.Accuracy.ExpertWeight("persistence") > 0);
    }

    private static string Without(string text)
    {
        int from = text.IndexOf(",\"experts\":{", StringComparison.Ordinal);
        return from < 0 ? text : text.Remove(from, text.IndexOf('}', from) + 1 - from);
    }
}
