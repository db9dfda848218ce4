using System.Buffers.Binary;
using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline.Repartition;

/// <summary>Value of a message of the repartition topic: one observation, and the record it came in. The key is the
/// series id.</summary>
/// <remarks>
/// Version 1 has 47 bytes, numbers little-endian: version (1), kind (1), flags (1; bit 0: silent, bit 1: unit), time (8),
/// value (8), start (8), origin's timestamp (8), partition (4) and offset (8). Where there are covariates, a hash of
/// their names (4) and they themselves (8 each) follow: the topic may be older than the configuration. Where there is a
/// unit, it and its length (1) end the message. The origin is not in headers, each of which costs about as much as the
/// message, nor its timestamp in the message's own, which brokers may replace.
/// </remarks>
/// <param name="TimeTicks">Event time in UTC ticks.</param>
/// <param name="Value">The value.</param>
/// <param name="Kind">What the producer says it is.</param>
/// <param name="StartTicks">When a total or delta began; 0 where unknown.</param>
/// <param name="Origin">The record it came in.</param>
internal readonly record struct RepartitionMessage(
    long TimeTicks, double Value, ValueKind Kind, long StartTicks, RecordOrigin Origin)
{
    public const byte Version = 1;

    /// <summary>Length of the value without covariates and unit.</summary>
    public const int Bytes = 47;

    /// <summary>Length with as many and as long a one as there can be.</summary>
    public const int MostBytes = MostWithoutUnit + MeasureUnit.MaxBytes + 1;

    private const int MostWithoutUnit = Bytes + HashBytes + (InputOptions.MaxCovariates * sizeof(double));

    private const int HashBytes = sizeof(uint);
    private const byte SilentFlag = 1;
    private const byte UnitFlag = 2;
    private const int FlagsAt = 2;

    /// <summary>Writes the value.</summary>
    /// <param name="room">At least <see cref="Bytes"/>.</param>
    public void Write(Span<byte> room)
    {
        room[0] = Version;
        room[1] = (byte)Kind;
        room[FlagsAt] = Origin.IsSilent ? SilentFlag : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(room[3..], TimeTicks);
        BinaryPrimitives.WriteDoubleLittleEndian(room[11..], Value);
        BinaryPrimitives.WriteInt64LittleEndian(room[19..], StartTicks);
        BinaryPrimitives.WriteInt64LittleEndian(room[27..], Origin.TimestampMs);
        BinaryPrimitives.WriteInt32LittleEndian(room[35..], Origin.Partition);
        BinaryPrimitives.WriteInt64LittleEndian(room[39..], Origin.Offset);
    }

    /// <summary>Hash of the covariates' names, in their order.</summary>
    public static uint HashOf(InputOptions options) => Murmur2.Hash(
        Encoding.UTF8.GetBytes(string.Join('\0', options.CovariatePaths().Select(covariate => covariate.Name))));

    /// <summary>Writes covariates behind the value.</summary>
    /// <param name="room">Where the value stands, at least <see cref="MostBytes"/>.</param>
    /// <param name="names">Hash of their names.</param>
    /// <param name="covariates">NaN where one is lacking; empty: nothing is written.</param>
    /// <returns>Length of all.</returns>
    public static int WriteCovariates(Span<byte> room, uint names, ReadOnlySpan<double> covariates)
    {
        if (covariates.IsEmpty)
        {
            return Bytes;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(room[Bytes..], names);
        int length = Bytes + HashBytes;
        foreach (double covariate in covariates)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(room[length..], covariate);
            length += sizeof(double);
        }

        return length;
    }

    /// <summary>Writes a unit behind all else.</summary>
    /// <param name="room">Where the value stands, at least <see cref="MostBytes"/>.</param>
    /// <param name="length">Length of what stands there.</param>
    /// <param name="unit">At most 63 bytes; empty: nothing is written.</param>
    /// <returns>Length of all.</returns>
    public static int WriteUnit(Span<byte> room, int length, ReadOnlySpan<byte> unit)
    {
        if (unit.IsEmpty)
        {
            return length;
        }

        room[FlagsAt] |= UnitFlag;
        unit.CopyTo(room[length..]);
        room[length + unit.Length] = (byte)unit.Length;
        return length + unit.Length + 1;
    }

    /// <summary>Parts the unit from a value.</summary>
    /// <param name="value">The value and what follows it; empty where it can't be parted.</param>
    /// <returns>The unit; empty where there is none.</returns>
    public static ReadOnlySpan<byte> CutUnit(ref ReadOnlySpan<byte> value)
    {
        if (value.Length < Bytes || (value[FlagsAt] & UnitFlag) == 0)
        {
            return default;
        }

        int end = value.Length - 1, start = end - value[end];
        bool isWhole = start >= Bytes;
        ReadOnlySpan<byte> unit = isWhole ? value[start..end] : default;
        value = isWhole ? value[..start] : default;
        return unit;
    }

    /// <summary>Reads the covariates behind a value that was read.</summary>
    /// <param name="value">The value and what follows it, but for a unit.</param>
    /// <param name="names">Hash of the names that they must have.</param>
    /// <param name="covariates">Receives them.</param>
    /// <returns>False where there are none, or others: the topic is older than the configuration.</returns>
    public static bool TryReadCovariates(ReadOnlySpan<byte> value, uint names, Span<double> covariates)
    {
        const int start = Bytes + HashBytes;
        if (value.Length != start + (covariates.Length * sizeof(double))
            || BinaryPrimitives.ReadUInt32LittleEndian(value[Bytes..]) != names)
        {
            return false;
        }

        for (int c = 0; c < covariates.Length; c++)
        {
            covariates[c] = BinaryPrimitives.ReadDoubleLittleEndian(value[(start + (c * sizeof(double)))..]);
        }

        return true;
    }

    /// <summary>Reads a value.</summary>
    /// <returns>False where it is of another version, or none of ours.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, out RepartitionMessage message)
    {
        message = default;
        CutUnit(ref value);
        int covariateBytes = value.Length - Bytes - HashBytes;
        bool isLength = value.Length == Bytes
            || (value.Length <= MostWithoutUnit && covariateBytes > 0 && covariateBytes % sizeof(double) == 0);
        if (!isLength || value[0] != Version || value[1] > (byte)ValueKind.Delta
            || value[FlagsAt] > (SilentFlag | UnitFlag))
        {
            return false;
        }

        var origin = new RecordOrigin(
            BinaryPrimitives.ReadInt32LittleEndian(value[35..]), BinaryPrimitives.ReadInt64LittleEndian(value[39..]),
            BinaryPrimitives.ReadInt64LittleEndian(value[27..]), (value[FlagsAt] & SilentFlag) != 0);
        message = new(
            BinaryPrimitives.ReadInt64LittleEndian(value[3..]), BinaryPrimitives.ReadDoubleLittleEndian(value[11..]),
            (ValueKind)value[1], BinaryPrimitives.ReadInt64LittleEndian(value[19..]), origin);
        return message.Origin is { Partition: >= 0, Offset: >= 0 };
    }
}
