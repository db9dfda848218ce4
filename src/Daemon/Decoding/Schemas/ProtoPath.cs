using Type = Google.Protobuf.Reflection.FieldDescriptorProto.Type;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>Reads one field of a Protobuf message.</summary>
/// <param name="numbers">Numbers of the fields that lead to it.</param>
/// <param name="type">Its type.</param>
/// <param name="isTime">Whether it is a google.protobuf.Timestamp.</param>
/// <param name="isImplicit">Whether, when absent, it has its type's default.</param>
internal sealed class ProtoPath(int[] numbers, Type type, bool isTime, bool isImplicit)
{
    /// <summary>Reads the field; of several the last counts.</summary>
    /// <returns>False if the message, or one inside it on the way, is malformed.</returns>
    public bool TryRead(ReadOnlySpan<byte> message, out FieldValue value)
    {
        value = default;
        for (int i = 0; i < numbers.Length; i++)
        {
            bool isLast = i == numbers.Length - 1;
            WireType wanted = isLast ? WireTypeOf(type) : WireType.Bytes;
            ProtoField found = default;
            var reader = new ProtoReader(message);
            while (reader.TryRead(out ProtoField field))
            {
                found = field.Is(numbers[i], wanted) ? field : found;
            }

            bool isThere = found.Number != 0;
            if (reader.IsMalformed || (!isThere && !isLast))
            {
                return !reader.IsMalformed;
            }

            if (isLast && isTime)
            {
                return !isThere || TryReadTime(found.Bytes, out value);
            }

            value = isLast && (isThere || isImplicit) ? Value(found) : default;
            message = found.Bytes;
        }

        return true;
    }

    private static bool TryReadTime(ReadOnlySpan<byte> message, out FieldValue value)
    {
        long seconds = 0, nanos = 0;
        var reader = new ProtoReader(message);
        while (reader.TryRead(out ProtoField field))
        {
            seconds = field.Is(1, WireType.Varint) ? (long)field.Bits : seconds;
            nanos = field.Is(2, WireType.Varint) ? (long)field.Bits : nanos;
        }

        bool isSane = seconds is >= 0 and < 1L << 33 && nanos is >= 0 and < 1_000_000_000;
        value = FieldValue.OfTicks(
            isSane ? EventTime.MinTicks + (seconds * TimeSpan.TicksPerSecond) + (nanos / 100) : long.MaxValue);
        return !reader.IsMalformed;
    }

    private FieldValue Value(ProtoField field)
    {
        ulong bits = field.Bits;
        return type switch
        {
            Type.TypeDouble => FieldValue.Of(BitConverter.UInt64BitsToDouble(bits)),
            Type.TypeFloat => FieldValue.Of((double)BitConverter.UInt32BitsToSingle((uint)bits)),
            Type.TypeSint32 or Type.TypeSint64 => FieldValue.Of((long)(bits >> 1) ^ -(long)(bits & 1)),
            Type.TypeInt32 or Type.TypeSfixed32 or Type.TypeEnum => FieldValue.Of((int)bits),
            Type.TypeUint64 or Type.TypeFixed64 when bits > long.MaxValue => FieldValue.Of((double)bits),
            Type.TypeString => FieldValue.Of(field.Bytes),
            Type.TypeBytes or Type.TypeGroup => new() { Kind = FieldKind.Other },
            Type.TypeBool => FieldValue.Of(bits == 0 ? 0L : 1L),
            _ => FieldValue.Of((long)bits),
        };
    }

    private static WireType WireTypeOf(Type type) => type switch
    {
        Type.TypeDouble or Type.TypeFixed64 or Type.TypeSfixed64 => WireType.Fixed64,
        Type.TypeFloat or Type.TypeFixed32 or Type.TypeSfixed32 => WireType.Fixed32,
        Type.TypeString or Type.TypeBytes or Type.TypeMessage => WireType.Bytes,
        _ => WireType.Varint,
    };
}
