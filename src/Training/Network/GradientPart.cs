using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>What the rows of a weight matrix are multiplied with in the forward pass.</summary>
internal enum GradientSource
{
    /// <summary>Inputs of the layer.</summary>
    Inputs,

    /// <summary>Hidden states that steps of the layer start from.</summary>
    Recurrent,

    /// <summary>Hidden states that steps of the layer make.</summary>
    Top,

    /// <summary>Inputs of the linear skip.</summary>
    Skip,

    /// <summary>One: a bias.</summary>
    One,
}

/// <summary>Some rows of a panel of the gradient of a weight matrix.</summary>
/// <param name="Target">The matrix.</param>
/// <param name="Source">What it is multiplied with.</param>
/// <param name="Layer">Layer that it belongs to or reads.</param>
/// <param name="IsOfOutputs">Whether it makes outputs, not gates of the layer.</param>
/// <param name="Column">Column that the panel starts at.</param>
/// <param name="FirstRow">First row.</param>
/// <param name="Rows">Rows.</param>
internal readonly record struct GradientPart(
    Panels Target,
    GradientSource Source,
    int Layer,
    bool IsOfOutputs = false,
    int Column = 0,
    int FirstRow = 0,
    int Rows = 0)
{
    /// <summary>Columns of the panel.</summary>
    public int Width => Target.WidthAt(Column);

    /// <summary>The whole matrix in parts of so many rows at most.</summary>
    public IEnumerable<GradientPart> Split(int maxRows)
    {
        for (int column = 0; column < Target.Columns; column += Panels.Width)
        {
            for (int row = 0; row < Target.Rows; row += maxRows)
            {
                yield return this with { Column = column, FirstRow = row, Rows = Math.Min(maxRows, Target.Rows - row) };
            }
        }
    }
}
