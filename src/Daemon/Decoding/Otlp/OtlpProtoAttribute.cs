namespace Streaming.Daemon.Decoding.Otlp;

/// <summary>Reads an attribute of a resource or data point (the message KeyValue).</summary>
/// <remarks>Text, numbers and booleans become labels; arrays, maps and bytes name nothing and are not looked
/// into, however deep they are.</remarks>
internal static class OtlpProtoAttribute
{
    /// <returns>False if it is malformed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, OtlpSink sink)
    {
        ReadOnlySpan<byte> key = default, value = default;
        var reader = new ProtoReader(message);
        while (reader.TryRead(out ProtoField field))
        {
            if (field.Is(1, WireType.Bytes))
            {
                key = field.Bytes;
            }
            else if (field.Is(2, WireType.Bytes))
            {
                value = field.Bytes;
            }
        }

        return !reader.IsMalformed && TryReadValue(key, value, sink);
    }

    /// <summary>Reads the message AnyValue, of whose fields the last counts.</summary>
    private static bool TryReadValue(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, OtlpSink sink)
    {
        ProtoField last = default;
        var reader = new ProtoReader(message);
        while (reader.TryRead(out ProtoField field))
        {
            last = field;
        }

        switch (last.Number, last.Type)
        {
            case (1, WireType.Bytes):
                sink.Label(key, last.Bytes);
                break;
            case (2, WireType.Varint):
                sink.Label(key, last.Bits != 0);
                break;
            case (3, WireType.Varint):
                sink.Label(key, (long)last.Bits);
                break;
            case (4, WireType.Fixed64):
                sink.Label(key, BitConverter.UInt64BitsToDouble(last.Bits));
                break;
        }

        return !reader.IsMalformed;
    }
}
