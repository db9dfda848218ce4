using Streaming.Training.Samples;

namespace Streaming.Training.Network;

/// <summary>
/// Switches off random hidden units on their way to the layer above, and scales up the others to keep the mean.
/// </summary>
/// <remarks>
/// The recurrent path and the head see all units, as in torch.nn.LSTM. Which units is a function of seed, pass, layer
/// and place alone. Source: Zaremba, Sutskever and Vinyals 2014.
/// </remarks>
internal sealed class Dropout(double rate, int seed)
{
    private readonly uint threshold = (uint)(rate * uint.MaxValue);
    private readonly float scale = (float)(1 / (1 - rate));

    /// <summary>Passes begun: with the seed, what fixes the units of a pass.</summary>
    public int Passes { get; set; }

    /// <summary>Whether any unit is ever switched off.</summary>
    public bool IsActive => threshold > 0;

    /// <summary>Goes on to other units.</summary>
    public void BeginPass() => Passes++;

    /// <summary>Fills the mask of a layer, 0 or 1 / (1 - rate), and what the layer above sees, for some rows.</summary>
    public void Apply(Tape tape, int layer, RowRange rows)
    {
        for (int t = 0; t < tape.Steps; t++)
        {
            Span<float> mask = tape.DropoutMask(layer, t, rows).Dense;
            Span<float> hidden = tape.HiddenAfter(layer, t, rows).Dense, dropped = tape.Dropped(layer, t, rows).Dense;
            int first = ((t * tape.Rows) + rows.First) * tape.Layout.Hidden;
            for (int n = 0; n < mask.Length; n++)
            {
                ulong place = ((ulong)(uint)layer << 32) | (uint)(first + n);
                uint draw = (uint)SeededOrder.KeyOf(place, seed, Passes);
                mask[n] = draw < threshold ? 0 : scale;
                dropped[n] = hidden[n] * mask[n];
            }
        }
    }
}
