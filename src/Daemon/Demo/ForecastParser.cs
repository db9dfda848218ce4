using System.Globalization;
using System.Text.Json;

namespace Streaming.Daemon.Demo;

/// <summary>Reads the daemon's forecast JSON, as any consumer of it would.</summary>
internal static class ForecastParser
{
    /// <summary>Parses one message.</summary>
    /// <param name="json">Value of the Kafka record, UTF-8.</param>
    /// <exception cref="FormatException">Not a forecast; the message names the field and the fault.</exception>
    public static ForecastMessage Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"Not a forecast: {fault.Message}", fault);
        }
    }

    private static ForecastMessage Read(JsonElement root)
    {
        int[] horizons = [.. Required(root, "horizons").EnumerateArray().Select(item => item.GetInt32())];
        (double[] lower, double[] upper) = Interval(root, horizons.Length);
        return new(
            Required(root, "series").GetString() ?? throw new FormatException("series is null."),
            Required(root, "time").GetDateTimeOffset().UtcDateTime,
            Number(Required(root, "value")),
            horizons,
            Numbers(Required(root, "yhat"), horizons.Length, "yhat"),
            lower,
            upper,
            root.TryGetProperty("anomaly", out JsonElement anomaly) && Required(anomaly, "is").GetBoolean(),
            Required(root, "model").GetString() ?? "");
    }

    /// <summary>The lowest and the highest quantile's values; all NaN with fewer than two quantiles.</summary>
    private static (double[] Lower, double[] Upper) Interval(JsonElement root, int horizons)
    {
        double[] none = new double[horizons];
        Array.Fill(none, double.NaN);
        if (!root.TryGetProperty("quantiles", out JsonElement quantiles) || quantiles.ValueKind == JsonValueKind.Null)
        {
            return (none, none);
        }

        JsonProperty[] ascending = [.. quantiles.EnumerateObject().OrderBy(quantile => Level(quantile.Name))];
        return ascending.Length < 2
            ? (none, none)
            : (Numbers(ascending[0].Value, horizons, ascending[0].Name),
                Numbers(ascending[^1].Value, horizons, ascending[^1].Name));
    }

    private static double Level(string name) =>
        double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double level)
            ? level
            : throw new FormatException($"quantile '{name}' is not a number.");

    private static double[] Numbers(JsonElement array, int count, string name)
    {
        double[] numbers = [.. array.EnumerateArray().Select(Number)];
        return numbers.Length == count
            ? numbers
            : throw new FormatException($"{name} has {numbers.Length} values for {count} horizons.");
    }

    private static double Number(JsonElement item) =>
        item.ValueKind == JsonValueKind.Null ? double.NaN : item.GetDouble();

    private static JsonElement Required(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value)
            ? value
            : throw new FormatException($"{name} is missing.");
}
