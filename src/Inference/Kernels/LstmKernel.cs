using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>Advances one LSTM layer by one step for any number of series.</summary>
/// <remarks>
/// Lanes hold units. Many series share each load of weights (<see cref="RowTiles{V, O}"/>); a single one advances
/// several vectors of units at once instead (<see cref="UnitTiles{V, O}"/>). Both sum in the same order: tiles change
/// no bit.
/// </remarks>
internal static unsafe class LstmKernel<V, O>
    where O : struct, IOps<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(ref LayerStep step)
    {
        if (step.Rows > 1)
        {
            RowTiles<V, O>.Run(step);
            return;
        }

        // The old hidden state is read until the last unit is summed. Where one tile holds all units, the new one
        // replaces it directly; else it waits in the scratch.
        int vectors = (step.Units + O.Width - 1) / O.Width;
        bool isInPlace = vectors is 1 or 2 || vectors == O.TileSize;
        step.Targets = isInPlace ? step.States : step.Scratch;
        step.TargetOffset = isInPlace ? step.HiddenOffset : 0;
        UnitTiles<V, O>.Run(step);
        if (!isInPlace)
        {
            Replace(step, 0, step.Units);
        }
    }

    /// <summary>Puts the new hidden state of a row's first units in place of the old one, which nothing reads any more.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Replace(in LayerStep step, int row, int units)
    {
        float* source = step.Scratch[row];
        float* target = step.States[row] + step.HiddenOffset;
        for (int unit = 0; unit < units; unit += O.Width)
        {
            O.Store(O.Load(source + unit), target + unit);
        }
    }
}
