using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Streaming.Daemon.Serving.Api;

/// <summary>How /api/v1 writes JSON: camelCase names, enums as words, numbers that are none as null.</summary>
internal static class ApiJson
{
    public static readonly JsonSerializerOptions Options = Configure(new(JsonSerializerDefaults.Web));

    /// <summary>Makes options of the host's the same.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // never put into HTML
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        return options;
    }

    /// <summary>A number as JSON can have it.</summary>
    public static double? Finite(double number) => double.IsFinite(number) ? number : null;

    /// <summary>Numbers as JSON can have them.</summary>
    public static double?[] Finite(ReadOnlySpan<double> numbers)
    {
        var finite = new double?[numbers.Length];
        for (int i = 0; i < finite.Length; i++)
        {
            finite[i] = Finite(numbers[i]);
        }

        return finite;
    }

    /// <summary>A moment in UTC; null for 0.</summary>
    public static DateTime? Time(long ticks) => ticks > 0 ? new(ticks, DateTimeKind.Utc) : null;
}
