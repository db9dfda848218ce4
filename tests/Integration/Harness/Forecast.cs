using System.Globalization;
using System.Text.Json;

namespace Integration.Harness;

/// <summary>What identifies a forecast: one is due for every closed step.</summary>
/// <param name="Series">Series id.</param>
/// <param name="Time">Start of the step.</param>
/// <param name="Value">Mean of the step's values.</param>
/// <param name="Topic">Input topic.</param>
/// <param name="Partition">Partition of the record that closed the step.</param>
/// <param name="Offset">Its offset.</param>
internal sealed record Forecast(
    string Series, DateTime Time, double Value, string Topic, int Partition, long Offset)
{
    /// <summary>Reads a message of the forecasts topic, and checks all that holds for each one.</summary>
    public static Forecast Read(KafkaMessage message)
    {
        Forecast forecast = Read(message.ValueText);
        Assert.Equal(forecast.Series, message.KeyText);
        Assert.Equal(forecast.Partition, message.Partition);
        Assert.Equal("1.0", message.Headers["ce_specversion"]);
        Assert.Equal("forecaster.forecast.v1", message.Headers["ce_type"]);
        Assert.Equal(Id(forecast), message.Headers["ce_id"]);
        return forecast;
    }

    /// <summary>Reads the JSON of a forecast, and checks all that holds for each one.</summary>
    public static Forecast Read(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        JsonElement root = json.RootElement, origin = root.GetProperty("origin");
        Assert.Equal([1, 6, 24], root.GetProperty("horizons").EnumerateArray().Select(h => h.GetInt32()));
        Assert.Equal(3, root.GetProperty("yhat").EnumerateArray().Count(y => double.IsFinite(y.GetDouble())));
        Assert.Equal(["0.05", "0.95"], root.GetProperty("quantiles").EnumerateObject().Select(q => q.Name));
        Assert.InRange(root.GetProperty("anomaly").GetProperty("score").GetDouble(), 0, 1);
        string series = root.GetProperty("series").GetString()!;
        Assert.Equal($"PT{NabSeries.StepOf(series).TotalSeconds}S", root.GetProperty("step").GetString());
        return new(
            series, root.GetProperty("time").GetDateTime(), root.GetProperty("value").GetDouble(),
            origin.GetProperty("topic").GetString()!, origin.GetProperty("partition").GetInt32(),
            origin.GetProperty("offset").GetInt64());
    }

    /// <summary>The CloudEvents id of a forecast.</summary>
    public static string Id(Forecast forecast) => string.Create(
        CultureInfo.InvariantCulture,
        $"{forecast.Topic}/{forecast.Partition}/{forecast.Offset}/"
            + $"{forecast.Time:yyyy-MM-dd'T'HH:mm:ss'Z'}/{forecast.Series}");
}
