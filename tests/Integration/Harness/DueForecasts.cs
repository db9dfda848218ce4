using System.Text.Json;

namespace Integration.Harness;

/// <summary>Which forecasts an input log calls for, worked out plainly from what is in it.</summary>
internal static class DueForecasts
{
    /// <summary>One forecast for each step that a later record of its series closes, in the order of the log.</summary>
    /// <param name="topic">Input topic.</param>
    /// <param name="log">Its events, all of the bundled streams.</param>
    public static IReadOnlyList<Forecast> Of(string topic, IEnumerable<KafkaMessage> log)
    {
        var due = new List<Forecast>();
        var open = new Dictionary<string, (DateTime Start, List<double> Values)>();
        foreach (KafkaMessage message in log)
        {
            (string series, DateTime time, double value) = Read(message);
            DateTime start = StepOf(series, time);
            if (!open.TryGetValue(series, out var step))
            {
                open[series] = (start, [value]);
            }
            else if (step.Start == start)
            {
                step.Values.Add(value);
            }
            else
            {
                Assert.True(start > step.Start, $"{series} runs backwards at {time:O}.");
                due.Add(new(
                    series, step.Start, step.Values.Sum() / step.Values.Count, topic, message.Partition,
                    message.Offset));
                open[series] = (start, [value]);
            }
        }

        return due;
    }

    private static DateTime StepOf(string series, DateTime time)
    {
        long step = NabSeries.StepOf(series).Ticks;
        return new DateTime(time.Ticks / step * step, DateTimeKind.Utc);
    }

    private static (string Series, DateTime Time, double Value) Read(KafkaMessage message)
    {
        using JsonDocument json = JsonDocument.Parse(message.Value);
        JsonElement root = json.RootElement;
        return (
            root.GetProperty("series").GetString()!, root.GetProperty("time").GetDateTime(),
            root.GetProperty("value").GetDouble());
    }
}
