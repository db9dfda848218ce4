using System.Runtime.CompilerServices;
using Streaming.Inference.Experts;
using Streaming.Inference.Model;

namespace Streaming.Inference.Series;

/// <summary>What a series takes of memory once its window is full: the formula that docs/memory.md explains.</summary>
public static class SeriesMemory
{
    /// <summary>Bytes of the objects that every series has, without their arrays.</summary>
    internal const int ObjectBytes = 752;

    private const int ArrayHeaderBytes = 24;
    private const int ObjectAlignment = 8;

    /// <summary>Bytes of a series and its row of hidden and cell state, at most.</summary>
    /// <param name="profile">Its window and grid.</param>
    /// <param name="settings">Horizons and quantiles.</param>
    /// <param name="shape">Hidden size and layers.</param>
    /// <param name="members">Members of its group, itself included; 1: it is in none.</param>
    /// <remarks>Past it only: buckets that a grace of many steps keeps open, 40 bytes each.</remarks>
    public static long BytesOf(SeriesProfile profile, ForecasterSettings settings, ModelShape shape, int members = 1)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(shape);
        int horizons = settings.Horizons.Length, window = profile.WindowSteps;
        long ledger = ArrayOf<nint>(horizons) + settings.Horizons.Sum(ArrayOf<Ledger.Entry>);
        long experts = SeriesExperts.BytesOf(ExpertPlan.Of(profile, settings, shape.Hidden, members));
        long values = ArrayOf<double>(window) + ArrayOf<bool>(window)
            + ArrayOf<long>(profile.IsEventMode ? window : 0);
        bool mayCount = !profile.IsEventMode && profile.Kind is (ValueKind.Auto or ValueKind.Counter);
        long totals = mayCount ? OpenTotals.BytesOf(OpenTotals.Most) : 0;
        return ObjectBytes + Grid.BytesOf(2) + totals + values + Beside(settings.Covariates.Length, window) + ledger
            + AnchorChoice.BytesOf(horizons) + IntervalTracker.BytesOf(
                horizons, settings.QuantileLevels.Length, profile.SeasonSteps)
            + experts + StateTable.RowBytesOf(shape);
    }

    private static long Beside(int covariates, int window) => covariates == 0
        ? 0
        : ArrayOf<double>(covariates * window) + Covariates.BytesOf(covariates) + OpenCovariates.BytesOf(2, covariates);

    /// <summary>Bytes of an array, its header included.</summary>
    internal static long ArrayOf<T>(int length) =>
        ArrayHeaderBytes + (((length * (long)Unsafe.SizeOf<T>()) + ObjectAlignment - 1) & -ObjectAlignment);
}
