using System.Text;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads CSV lines: one observation each, out of configured columns.</summary>
/// <remarks>A line that is bad is refused, the others stand. One that repeats the columns' names is a header.</remarks>
internal sealed class CsvDecoder : IRecordDecoder
{
    private readonly KafkaFields kafka;
    private readonly TimeUnit timeUnit;
    private readonly byte separator;
    private readonly int[] columns; // of series, time, value; -1 of what is beside the lines
    private readonly byte[][] names;
    private readonly int[] covariateColumns;
    private readonly double[] covariates;
    private readonly byte[] room = new byte[2 * (ObservationList.MaxIdBytes + 1)];

    public CsvDecoder(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        kafka = new(options);
        timeUnit = options.TimeUnit;
        separator = (byte)options.Csv.Separator[0];
        columns = Array.ConvertAll([options.SeriesPath, options.TimePath, options.ValuePath], options.Csv.IndexOf);
        covariateColumns = [.. options.CovariatePaths().Select(covariate => options.Csv.IndexOf(covariate.Path))];
        covariates = new double[covariateColumns.Length];
        names = Array.ConvertAll(
            columns, column => column < 0 ? [] : Encoding.UTF8.GetBytes(options.Csv.Columns[column]));
    }

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        var fields = new CsvFields(record.Text, separator);
        while (!fields.IsAtEnd)
        {
            RejectReason reason = ReadLine(record, ref fields, observations);
            if (reason == RejectReason.TooMany)
            {
                return reason;
            }

            observations.Refuse(reason);
        }

        return RejectReason.None;
    }

    private RejectReason ReadLine(in InputRecord record, ref CsvFields fields, ObservationList observations)
    {
        ReadOnlySpan<byte> series = default, time = default, value = default;
        bool isLast = false;
        int column = 0;
        covariates.AsSpan().Fill(double.NaN);
        for (; !isLast; column++)
        {
            if (!fields.TryTake(out ReadOnlySpan<byte> field, out isLast))
            {
                if (!isLast)
                {
                    fields.SkipLine();
                }

                return RejectReason.BadLine;
            }

            series = column == columns[0] ? field : series;
            time = column == columns[1] ? field : time;
            value = column == columns[2] ? field : value;
            ReadCovariate(column, field);
            if (column == 0 && isLast && field.IsEmpty)
            {
                return RejectReason.None; // an empty line
            }
        }

        return column <= Math.Max(columns[0], Math.Max(columns[1], columns[2])) ? RejectReason.BadLine
            : IsHeader(series, time, value) ? RejectReason.None
            : Read(record, series, time, value, observations);
    }

    private void ReadCovariate(int column, ReadOnlySpan<byte> field)
    {
        for (int c = 0; c < covariates.Length; c++)
        {
            if (column == covariateColumns[c])
            {
                covariates[c] = NumberReader.TryParse(field, out double number) ? number : double.NaN;
            }
        }
    }

    private bool IsHeader(ReadOnlySpan<byte> series, ReadOnlySpan<byte> time, ReadOnlySpan<byte> value) =>
        series.SequenceEqual(names[0]) && time.SequenceEqual(names[1]) && value.SequenceEqual(names[2]);

    private RejectReason Read(
        in InputRecord record, ReadOnlySpan<byte> series, ReadOnlySpan<byte> time, ReadOnlySpan<byte> value,
        ObservationList observations)
    {
        if (time.IsEmpty && !kafka.HasTime)
        {
            return RejectReason.MissingTime;
        }

        observations.SetCovariates(covariates);
        RejectReason reason;
        return (reason = kafka.HasSeries
                ? KafkaFields.ReadSeries(record, observations)
                : observations.SetSeries(Resolve(series))) != RejectReason.None
            || (reason = kafka.HasTime
                ? EventTime.OfKafka(record.TimestampMs, out long ticks)
                : EventTime.Parse(time, timeUnit, out ticks)) != RejectReason.None ? reason
            : value.IsEmpty ? RejectReason.MissingValue
            : NumberReader.TryParse(value, out double number) ? observations.Add(ticks, number)
            : RejectReason.BadValue;
    }

    /// <summary>Makes one quote of two; what is beyond the room is over the length of an id anyway.</summary>
    private ReadOnlySpan<byte> Resolve(ReadOnlySpan<byte> field)
    {
        if (!field.Contains((byte)'"'))
        {
            return field;
        }

        field = field[..Math.Min(field.Length, room.Length)];
        int bytes = 0;
        for (int i = 0; i < field.Length; i++)
        {
            i += field[i] == '"' && i + 1 < field.Length && field[i + 1] == '"' ? 1 : 0;
            room[bytes++] = field[i];
        }

        return room.AsSpan(0, bytes);
    }
}
