using System.Buffers.Binary;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>Reads one Avro value from its start to its end, and keeps the fields that paths lead to.</summary>
/// <remarks>Never throws and allocates nothing, whatever lengths and counts the bytes claim. Paths lead through records
/// and unions, not into arrays or maps. Source: Apache Avro 1.12 specification, "Binary Encoding".</remarks>
internal ref struct AvroWalk(ReadOnlySpan<byte> bytes, byte[][][] paths)
{
    /// <summary>Deepest nesting that is accepted.</summary>
    public const int MaxDepth = 64;

    /// <summary>Values read of a record, beyond <see cref="MaxDepth"/> a byte: nulls and empty records take no byte,
    /// and records of such, each twice in the next, would take forever.</summary>
    private const int MaxFreeValues = 1 << 16;

    private const int LargestDecimalBytes = 16;

    private readonly byte[][][] paths = paths; // [path][part]: of series, time and value
    private ReadOnlySpan<byte> rest = bytes;
    private long valuesLeft = MaxFreeValues + ((long)MaxDepth * bytes.Length);

    public FieldValue Series { get; private set; }

    public FieldValue Time { get; private set; }

    public FieldValue Value { get; private set; }

    /// <returns>None, SchemaMismatch or TooDeep.</returns>
    public RejectReason Read(AvroNode schema)
    {
        RejectReason reason = Read(schema, (1 << paths.Length) - 1, 0, 0);
        return reason == RejectReason.None && !rest.IsEmpty ? RejectReason.SchemaMismatch : reason;
    }

    /// <param name="node">Type of the value.</param>
    /// <param name="matched">Paths whose first parts lead to it: one bit each.</param>
    /// <param name="parts">How many parts.</param>
    /// <param name="depth">How deep it is nested.</param>
    private RejectReason Read(AvroNode node, int matched, int parts, int depth)
    {
        if (depth > MaxDepth || --valuesLeft < 0)
        {
            return RejectReason.TooDeep;
        }

        switch (node.Kind)
        {
            case AvroKind.Record:
                return ReadRecord(node, matched, parts, depth);
            case AvroKind.Union:
                return TryReadLong(out long branch) && (ulong)branch < (ulong)node.Children.Length
                    ? Read(node.Children[branch], matched, parts, depth + 1)
                    : RejectReason.SchemaMismatch;
            case AvroKind.Array or AvroKind.Map:
                Keep(new() { Kind = FieldKind.Other }, matched, parts);
                return ReadBlocks(node, depth);
            default:
                bool isRead = TryReadScalar(node, out FieldValue value);
                Keep(value, matched, parts);
                return isRead ? RejectReason.None : RejectReason.SchemaMismatch;
        }
    }

    private RejectReason ReadRecord(AvroNode node, int matched, int parts, int depth)
    {
        Keep(new() { Kind = FieldKind.Other }, matched, parts);
        var reason = RejectReason.None;
        for (int f = 0; f < node.Children.Length && reason == RejectReason.None; f++)
        {
            int next = 0;
            for (int p = 0; matched >> p != 0; p++)
            {
                bool leadsOn = (matched >> p & 1) != 0 && paths[p].Length > parts
                    && node.Names[f].AsSpan().SequenceEqual(paths[p][parts]);
                next |= leadsOn ? 1 << p : 0;
            }

            reason = Read(node.Children[f], next, parts + 1, depth + 1);
        }

        return reason;
    }

    /// <summary>Reads blocks of elements: a count, negative where the block's bytes follow, until a count of
    /// 0.</summary>
    private RejectReason ReadBlocks(AvroNode node, int depth)
    {
        while (TryReadLong(out long count))
        {
            if (count == 0)
            {
                return RejectReason.None;
            }

            if (count < 0)
            {
                if (!TryReadBytes(out _))
                {
                    break;
                }

                continue;
            }

            for (long i = 0; i < count; i++)
            {
                int before = rest.Length;
                if (node.Kind == AvroKind.Map && !TryReadBytes(out _))
                {
                    return RejectReason.SchemaMismatch;
                }

                RejectReason reason = Read(node.Children[0], 0, 0, depth + 1);
                if (reason != RejectReason.None)
                {
                    return reason;
                }

                if (rest.Length == before)
                {
                    break; // elements of no bytes: all of them are read
                }
            }
        }

        return RejectReason.SchemaMismatch;
    }

    private bool TryReadScalar(AvroNode node, out FieldValue value)
    {
        value = default;
        ReadOnlySpan<byte> text;
        switch (node.Kind)
        {
            case AvroKind.Null:
                return true;
            case AvroKind.Boolean when TryTake(1, out text) && text[0] <= 1:
                value = FieldValue.Of(text[0]);
                return true;
            case AvroKind.Long when TryReadLong(out long integer):
                value = FieldValue.Of(integer, node.Unit);
                return true;
            case AvroKind.Float when TryTake(sizeof(float), out text):
                value = FieldValue.Of((double)BinaryPrimitives.ReadSingleLittleEndian(text));
                return true;
            case AvroKind.Double when TryTake(sizeof(double), out text):
                value = FieldValue.Of(BinaryPrimitives.ReadDoubleLittleEndian(text));
                return true;
            case AvroKind.String when TryReadBytes(out text):
                value = FieldValue.Of(text);
                return true;
            case AvroKind.Enum when TryReadLong(out long symbol) && (ulong)symbol < (ulong)node.Names.Length:
                value = FieldValue.Of(node.Names[symbol]);
                return true;
            case AvroKind.Bytes when TryReadBytes(out text):
            case AvroKind.Fixed when TryTake(node.Size, out text):
                value = node.Scale < 0 ? new() { Kind = FieldKind.Other } : Decimal(text, node.Scale);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A decimal's number: two's complement, big-endian, over a power of ten.</summary>
    private static FieldValue Decimal(ReadOnlySpan<byte> bytes, int scale)
    {
        if (bytes.Length is 0 or > LargestDecimalBytes || scale > 22)
        {
            return new() { Kind = FieldKind.Other };
        }

        Int128 unscaled = (sbyte)bytes[0];
        foreach (byte b in bytes[1..])
        {
            unscaled = (unscaled << 8) | b;
        }

        double power = 1;
        for (int i = 0; i < scale; i++)
        {
            power *= 10; // exact up to 10^22
        }

        return FieldValue.Of((double)unscaled / power);
    }

    /// <summary>Keeps a value for the paths that end at it.</summary>
    private void Keep(FieldValue value, int matched, int parts)
    {
        for (int p = 0; matched >> p != 0; p++)
        {
            if ((matched >> p & 1) == 0 || paths[p].Length != parts)
            {
                continue;
            }

            switch (p)
            {
                case 0:
                    Series = value;
                    break;
                case 1:
                    Time = value;
                    break;
                default:
                    Value = value;
                    break;
            }
        }
    }

    private bool TryReadLong(out long value)
    {
        bool isRead = ProtoReader.TryReadVarint(ref rest, out ulong bits);
        value = (long)(bits >> 1) ^ -(long)(bits & 1);
        return isRead;
    }

    private bool TryReadBytes(out ReadOnlySpan<byte> text)
    {
        text = default;
        return TryReadLong(out long length) && TryTake(length, out text);
    }

    private bool TryTake(long length, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if ((ulong)length > (ulong)rest.Length)
        {
            return false;
        }

        taken = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }
}
