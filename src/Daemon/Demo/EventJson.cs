using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Streaming.Daemon.Demo;

/// <summary>Encodes a row as <c>{"series":…,"time":"2014-07-01T00:00:00Z","value":…}</c>.</summary>
internal static class EventJson
{
    /// <summary>The record's value, UTF-8.</summary>
    public static byte[] Encode(string series, DemoRow row)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("series", series);
            json.WriteString(
                "time", row.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
            json.WriteNumber("value", row.Value);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
