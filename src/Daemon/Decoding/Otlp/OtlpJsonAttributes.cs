using System.Buffers.Text;

namespace Streaming.Daemon.Decoding.Otlp;

/// <summary>Reads the attributes of a resource or data point (an array of KeyValue).</summary>
/// <remarks>Text, numbers and booleans become labels; arrays, maps and bytes name nothing. Not thread-safe.</remarks>
internal sealed class OtlpJsonAttributes(OtlpSink sink)
{
    private readonly JsonTextRoom keyRoom = new();
    private readonly JsonTextRoom valueRoom = new();

    /// <summary>Reads the array at hand, to its end.</summary>
    /// <returns>None, BadUtf8 or NotOtlp.</returns>
    public RejectReason Read(ref JsonCursor cursor)
    {
        var reason = RejectReason.None;
        bool isArray = cursor.TryEnter(JsonKind.Array);
        while (isArray && cursor.TryNextObject())
        {
            RejectReason own = ReadAttribute(ref cursor);
            reason = reason == RejectReason.None ? own : reason;
        }

        return reason;
    }

    private RejectReason ReadAttribute(ref JsonCursor cursor)
    {
        JsonField key = default;
        JsonCursor value = default;
        while (cursor.TryNextMember())
        {
            bool isKey = cursor.Name.SequenceEqual("key"u8);
            value = cursor.Name.SequenceEqual("value"u8) ? cursor : value;
            JsonField field = cursor.Take();
            key = isKey ? field : key;
        }

        return keyRoom.TryRead(cursor.Raw(key), key.IsEscaped, out ReadOnlySpan<byte> text)
            ? ReadValue(text, value)
            : RejectReason.BadUtf8;
    }

    /// <summary>Reads AnyValue, an object of one member; of several the last counts.</summary>
    private RejectReason ReadValue(ReadOnlySpan<byte> key, JsonCursor cursor)
    {
        ReadOnlySpan<byte> kind = default;
        JsonField field = default;
        bool isObject = cursor.TryEnter(JsonKind.Object);
        while (isObject && cursor.TryNextMember())
        {
            kind = cursor.Name;
            field = cursor.Take();
        }

        if (!valueRoom.TryRead(cursor.Raw(field), field.IsEscaped, out ReadOnlySpan<byte> text))
        {
            return RejectReason.BadUtf8;
        }

        bool isText = field.Kind == JsonKind.Text, isNumeric = isText || field.Kind == JsonKind.Number;
        if ((isText && kind.SequenceEqual("stringValue"u8))
            || (field.Kind == JsonKind.Bool && kind.SequenceEqual("boolValue"u8)))
        {
            sink.Label(key, text);
        }
        else if (isNumeric && kind.SequenceEqual("intValue"u8))
        {
            return TryLabelInteger(key, text) ? RejectReason.None : RejectReason.NotOtlp;
        }
        else if (isNumeric && kind.SequenceEqual("doubleValue"u8))
        {
            return TryLabelReal(key, text) ? RejectReason.None : RejectReason.NotOtlp;
        }

        return RejectReason.None;
    }

    private bool TryLabelInteger(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        bool isRead = Utf8Parser.TryParse(text, out long value, out int bytes) && bytes == text.Length;
        sink.Label(key, value);
        return isRead;
    }

    private bool TryLabelReal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        bool isRead = NumberReader.TryParse(text, out double value);
        sink.Label(key, value);
        return isRead;
    }
}
