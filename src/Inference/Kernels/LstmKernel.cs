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
        // The old hidden state is read until a series' last unit is summed. Where one tile holds all units, the new
        // one replaces it directly; else it waits in the scratch.
        int vectors = (step.Units + O.Width - 1) / O.Width;
        bool isInPlace = vectors == 1 || (step.Rows == 1 && (vectors == 2 || vectors == O.TileSize));
        step.Targets = isInPlace ? step.States : step.Scratch;
        step.TargetOffset = isInPlace ? step.HiddenOffset : 0;
        if (step.Rows == 1)
        {
            UnitTiles<V, O>.Run(step);
        }
        else
        {
            RowTiles<V, O>.Run(step);
        }

        if (!isInPlace)
        {
            CopyHidden(step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyHidden(in LayerStep step)
    {
        for (int row = 0; row < step.Rows; row++)
        {
            float* source = step.Scratch[row];
            float* target = step.States[row] + step.HiddenOffset;
            for (int unit = 0; unit < step.Units; unit += O.Width)
            {
                O.Store(O.Load(source + unit), target + unit);
            }
        }
    }
}
