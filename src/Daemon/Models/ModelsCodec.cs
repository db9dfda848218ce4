using System.Buffers;
using System.Text.Json;
using Streaming.Daemon.State;

namespace Streaming.Daemon.Models;

/// <summary>Values of the models topic: weights as bytes, all else as JSON, in the frame of the state topic.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ModelsCodec
{
    private static readonly JsonSerializerOptions json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly StateEnvelope envelope = new(partition: 0);

    /// <summary>A piece of weights as a value.</summary>
    public byte[] WriteChunk(ReadOnlySpan<byte> key, ReadOnlySpan<byte> chunk)
    {
        envelope.Begin().Write(chunk);
        return envelope.Seal(key).ToArray();
    }

    /// <summary>A manifest or a champion as a value.</summary>
    public byte[] WriteText<T>(ReadOnlySpan<byte> key, T record)
        where T : class
    {
        envelope.Begin().Write(JsonSerializer.SerializeToUtf8Bytes(record, json));
        return envelope.Seal(key).ToArray();
    }

    /// <summary>Takes the content out of a value; what it returns says whether there is one.</summary>
    public StateDamage Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, out ReadOnlySpan<byte> content) =>
        envelope.Open(key, value, out content);

    /// <summary>Reads the content of a manifest's or champion's value; null where it is none.</summary>
    public static T? ReadText<T>(ReadOnlySpan<byte> content)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(content, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
