using System.Text.Unicode;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Decoding;

/// <summary>The observations of one record, in its order, and the ids of their series.</summary>
/// <remarks>
/// Ids lie in one arena that is kept; it and the list grow by doubling up to <see cref="MaxObservations"/>. Not
/// thread-safe.
/// </remarks>
internal sealed class ObservationList
{
    /// <summary>Most observations of one record.</summary>
    public const int MaxObservations = 65_536;

    /// <summary>Longest series id, in bytes.</summary>
    public const int MaxIdBytes = 512;

    private const double LargestCovariate = 1e100; // as for values

    private Entry[] entries = new Entry[16];
    private byte[] ids = new byte[2_048];
    private int idsUsed;
    private int seriesStart;
    private byte[] units = [];
    private int unitsUsed;
    private int unitStart;
    private bool isLeftOut;
    private double[] covariates = [];
    private int covariatesUsed;
    private int covariatesStart;

    /// <summary>Observations held.</summary>
    public int Count { get; private set; }

    /// <summary>Observations that nobody asked for.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Why the first of the observations that were refused was; None where none was.</summary>
    public RejectReason Refused { get; private set; }

    public Observation this[int i]
    {
        get
        {
            ref readonly Entry entry = ref entries.AsSpan(0, Count)[i];
            return new()
            {
                SeriesId = ids.AsSpan(entry.IdStart, entry.IdLength),
                TimeTicks = entry.TimeTicks,
                Value = entry.Value,
                Kind = entry.Kind,
                StartTicks = entry.StartTicks,
                Unit = units.AsSpan(entry.UnitStart, entry.UnitEnd - entry.UnitStart),
                Covariates = covariates.AsSpan(entry.CovariatesStart, entry.CovariatesEnd - entry.CovariatesStart),
            };
        }
    }

    /// <summary>Forgets all observations; keeps the room.</summary>
    public void Clear()
    {
        (Count, idsUsed, seriesStart, Refused) = (0, 0, 0, RejectReason.None);
        (covariatesUsed, covariatesStart) = (0, 0);
        (unitsUsed, unitStart) = (0, 0);
        (LeftOut, isLeftOut) = (0, false);
    }

    /// <summary>Refuses an observation of the record; the others stand.</summary>
    /// <param name="reason">Why; None is fine.</param>
    public void Refuse(RejectReason reason) => Refused = Refused == RejectReason.None ? reason : Refused;

    /// <summary>Names the series of the observations that are added from here on.</summary>
    /// <returns>None, EmptySeries, SeriesTooLong or BadUtf8.</returns>
    public RejectReason SetSeries(ReadOnlySpan<byte> id)
    {
        RejectReason reason = id.IsEmpty ? RejectReason.EmptySeries
            : id.Length > MaxIdBytes ? RejectReason.SeriesTooLong
            : !Utf8.IsValid(id) ? RejectReason.BadUtf8
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return reason;
        }

        idsUsed = Count == 0 ? 0 : entries[Count - 1].IdEnd; // an id without observations gives its room back
        if (idsUsed + id.Length > ids.Length)
        {
            Array.Resize(ref ids, Math.Max(idsUsed + id.Length, 2 * ids.Length));
        }

        isLeftOut = false;
        id.CopyTo(ids.AsSpan(idsUsed));
        seriesStart = idsUsed;
        idsUsed += id.Length;
        return RejectReason.None;
    }

    /// <summary>The observations that are added from here on, up to the next series, are counted and left.</summary>
    public void LeaveOut() => isLeftOut = true;

    /// <summary>Says what the observations that are added from here on are measured in.</summary>
    /// <param name="unit">Empty, or what is no unit (<see cref="MeasureUnit.IsValid"/>): that is not known.</param>
    public void SetUnit(ReadOnlySpan<byte> unit)
    {
        if (unit.SequenceEqual(units.AsSpan(unitStart, unitsUsed - unitStart)))
        {
            return;
        }

        unit = MeasureUnit.IsValid(unit) ? unit : default;
        unitStart = Count == 0 ? 0 : entries[Count - 1].UnitEnd; // one without observations gives its room back
        unitsUsed = unitStart + unit.Length;
        if (unitsUsed > units.Length)
        {
            Array.Resize(ref units, Math.Max(unitsUsed, 2 * units.Length));
        }

        unit.CopyTo(units.AsSpan(unitStart));
    }

    /// <summary>Says what comes with the observations that are added from here on.</summary>
    /// <param name="values">One for each of Input:Covariates; what is no number up to 1e100 counts as lacking.</param>
    public void SetCovariates(ReadOnlySpan<double> values)
    {
        covariatesUsed = Count == 0 ? 0 : entries[Count - 1].CovariatesEnd; // those of a refused line give way
        if (covariatesUsed + values.Length > covariates.Length)
        {
            Array.Resize(ref covariates, Math.Max(covariatesUsed + values.Length, 2 * covariates.Length));
        }

        covariatesStart = covariatesUsed;
        foreach (double value in values)
        {
            covariates[covariatesUsed++] = Math.Abs(value) <= LargestCovariate ? value : double.NaN;
        }
    }

    /// <summary>Adds an observation of the series named last.</summary>
    /// <param name="timeTicks">Event time in UTC ticks.</param>
    /// <param name="value">The value.</param>
    /// <param name="kind">What the producer says it is.</param>
    /// <param name="startTicks">When a total or delta began; 0 where unknown.</param>
    /// <returns>None, AbsurdTime, NotFinite or TooMany.</returns>
    public RejectReason Add(long timeTicks, double value, ValueKind kind = ValueKind.Auto, long startTicks = 0)
    {
        if (isLeftOut)
        {
            LeftOut++;
            return RejectReason.None;
        }

        RejectReason reason = EventTime.Check(timeTicks) is var time and not RejectReason.None ? time
            : !double.IsFinite(value) ? RejectReason.NotFinite
            : Count == MaxObservations ? RejectReason.TooMany
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return reason;
        }

        if (Count == entries.Length)
        {
            Array.Resize(ref entries, 2 * Count);
        }

        entries[Count++] = new(
            seriesStart, idsUsed - seriesStart, timeTicks, value, kind, startTicks, covariatesStart, covariatesUsed,
            unitStart, unitsUsed);
        return RejectReason.None;
    }

    private readonly record struct Entry(
        int IdStart, int IdLength, long TimeTicks, double Value, ValueKind Kind, long StartTicks, int CovariatesStart,
        int CovariatesEnd, int UnitStart, int UnitEnd)
    {
        public int IdEnd => IdStart + IdLength;
    }
}
