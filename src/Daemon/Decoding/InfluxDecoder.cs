using System.Buffers.Text;
using System.Text;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads InfluxDB line protocol: each numeric or boolean field is an observation of measurement_field{tags}.
/// </summary>
/// <remarks>A record may hold many lines; one that is bad is refused, the others stand. Text fields are skipped. A line
/// without time has its record's.</remarks>
internal sealed class InfluxDecoder : IRecordDecoder
{
    /// <summary>Most bytes of a name that matter: escaped, and one more than an id may have.</summary>
    private const int RoomBytes = 2 * (ObservationList.MaxIdBytes + 1);

    private readonly TimeUnit timeUnit;
    private readonly SeriesNamer namer;
    private readonly byte[] measurementRoom = new byte[RoomBytes];
    private readonly byte[] keyRoom = new byte[RoomBytes];
    private readonly byte[] valueRoom = new byte[RoomBytes];
    private readonly byte[][] covariateNames;
    private readonly double[] covariates;

    public InfluxDecoder(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        timeUnit = options.TimeUnit;
        namer = new(options);
        covariateNames = [.. options.CovariatePaths().Select(covariate => Encoding.UTF8.GetBytes(covariate.Path))];
        covariates = new double[covariateNames.Length];
    }

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        ReadOnlySpan<byte> text = record.Text;
        while (InfluxLine.TryTake(ref text, out InfluxLine line))
        {
            RejectReason reason = ReadTime(line.Time, record.TimestampMs, out long ticks);
            reason = line.Fields.IsEmpty ? RejectReason.BadLine
                : reason == RejectReason.None ? ReadLine(line, ticks, observations)
                : reason;
            if (reason == RejectReason.TooMany)
            {
                return reason;
            }

            observations.Refuse(reason);
        }

        return RejectReason.None;
    }

    private RejectReason ReadTime(ReadOnlySpan<byte> text, long timestampMs, out long ticks) => text.IsEmpty
        ? EventTime.OfKafka(timestampMs, out ticks)
        : EpochTime.Parse(text, timeUnit, out ticks);

    private RejectReason ReadLine(in InfluxLine line, long ticks, ObservationList observations)
    {
        ReadOnlySpan<byte> series = line.Series, fields = line.Fields;
        bool hasTags = InfluxLine.TryTakeToken(
            ref series, (byte)',', out ReadOnlySpan<byte> measurement, out bool isEscaped);
        measurement = Resolve(measurement, isEscaped, measurementRoom);
        namer.Begin(measurement);
        if (measurement.IsEmpty || (hasTags && !TryReadTags(series)))
        {
            return RejectReason.BadLine;
        }

        if (covariates.Length > 0)
        {
            ReadCovariates(fields);
            observations.SetCovariates(covariates);
        }

        RejectReason first = RejectReason.None;
        while (!fields.IsEmpty && first != RejectReason.TooMany)
        {
            RejectReason reason = ReadField(measurement, ref fields, ticks, observations);
            first = first == RejectReason.None || reason == RejectReason.TooMany ? reason : first;
        }

        return first;
    }

    private void ReadCovariates(ReadOnlySpan<byte> fields)
    {
        covariates.AsSpan().Fill(double.NaN);
        while (InfluxLine.TryTakeToken(ref fields, (byte)'=', out ReadOnlySpan<byte> key, out bool isEscaped))
        {
            key = Resolve(key, isEscaped, keyRoom);
            if (!fields.IsEmpty && fields[0] == '"')
            {
                fields = fields[InfluxLine.EndOfQuotes(fields, 0)..];
            }

            InfluxLine.TryTakeToken(ref fields, (byte)',', out ReadOnlySpan<byte> text, out _);
            for (int c = 0; c < covariates.Length; c++)
            {
                if (key.SequenceEqual(covariateNames[c]))
                {
                    covariates[c] = TryReadValue(text, out double value) ? value : double.NaN;
                }
            }
        }
    }

    private bool TryReadTags(ReadOnlySpan<byte> tags)
    {
        do
        {
            if (!InfluxLine.TryTakeToken(ref tags, (byte)'=', out ReadOnlySpan<byte> key, out bool isEscaped)
                || key.IsEmpty)
            {
                return false;
            }

            key = Resolve(key, isEscaped, keyRoom);
            InfluxLine.TryTakeToken(ref tags, (byte)',', out ReadOnlySpan<byte> value, out isEscaped);
            namer.Label(key, Resolve(value, isEscaped, valueRoom));
        }
        while (!tags.IsEmpty);
        return true;
    }

    private RejectReason ReadField(
        scoped ReadOnlySpan<byte> measurement, ref ReadOnlySpan<byte> fields, long ticks, ObservationList observations)
    {
        if (!InfluxLine.TryTakeToken(ref fields, (byte)'=', out ReadOnlySpan<byte> key, out bool isEscaped)
            || key.IsEmpty)
        {
            fields = default;
            return RejectReason.BadLine;
        }

        if (!fields.IsEmpty && fields[0] == '"')
        {
            int end = InfluxLine.EndOfQuotes(fields, 0);
            bool isLast = end == fields.Length;
            bool isGood = fields[end - 1] == '"' && end > 1 && (isLast || fields[end] == ',');
            fields = isLast ? default : fields[(end + 1)..];
            return isGood ? RejectReason.None : RejectReason.BadLine;
        }

        InfluxLine.TryTakeToken(ref fields, (byte)',', out ReadOnlySpan<byte> text, out _);
        if (!TryReadValue(text, out double value))
        {
            return RejectReason.BadValue;
        }

        namer.Rename(measurement, Resolve(key, isEscaped, keyRoom));
        RejectReason reason = namer.End(observations);
        return reason == RejectReason.None ? observations.Add(ticks, value) : reason;
    }

    private static bool TryReadValue(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        switch (text[^1])
        {
            case (byte)'i':
                bool isLong = Utf8Parser.TryParse(text, out long integer, out int read);
                value = integer;
                return isLong && read == text.Length - 1;
            case (byte)'u':
                bool isUnsigned = Utf8Parser.TryParse(text, out ulong natural, out read);
                value = natural;
                return isUnsigned && read == text.Length - 1;
            case >= (byte)'0' and <= (byte)'9':
                return NumberReader.TryParse(text, out value);
            default:
                return TryReadWord(text, out value);
        }
    }

    private static bool TryReadWord(ReadOnlySpan<byte> text, out double value)
    {
        bool isTrue = text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8)
            || text.SequenceEqual("t"u8) || text.SequenceEqual("T"u8);
        value = isTrue ? 1 : 0;
        return isTrue || text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8)
            || text.SequenceEqual("FALSE"u8) || text.SequenceEqual("f"u8) || text.SequenceEqual("F"u8)
            || NumberReader.TryParse(text, out value); // NaN, 1. and the like
    }

    /// <summary>Resolves escapes; what is beyond the room is over the length of an id anyway.</summary>
    private static ReadOnlySpan<byte> Resolve(ReadOnlySpan<byte> token, bool isEscaped, byte[] room)
    {
        if (!isEscaped)
        {
            return token;
        }

        token = token[..Math.Min(token.Length, room.Length)];
        int bytes = 0;
        for (int i = 0; i < token.Length; i++)
        {
            bool isEscape = token[i] == '\\' && i + 1 < token.Length
                && token[i + 1] is (byte)',' or (byte)'=' or (byte)' ';
            i += isEscape ? 1 : 0;
            room[bytes++] = token[i];
        }

        return room.AsSpan(0, bytes);
    }
}
