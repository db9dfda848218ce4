using Streaming.Inference.Model;

namespace Streaming.Inference.Series;

/// <summary>Computes the hidden and cell state of a series anew from its window, for weights that those it has do not
/// belong to.</summary>
/// <remarks>A function of the window and the weights. Holds a lane's scratch; not thread-safe.</remarks>
internal sealed class BurnIn(ForecasterSettings settings, StepScratch scratch)
{
    private readonly WindowReplay replay = new(settings);
    private readonly float[] outputs = new float[settings.Horizons.Length];
    private float[]? inputs;
    private float[]? skip;

    /// <summary>Replaces the state of a series by what the weights make of its last steps, from zero on.</summary>
    /// <param name="weights">The weights that it is stepped with from now on.</param>
    /// <param name="states">Has its row.</param>
    /// <param name="series">The series; it has seen a step.</param>
    /// <param name="steps">Steps of the window to run over, at most.</param>
    public void Run(ModelWeights weights, StateTable states, SeriesState series, int steps)
    {
        inputs ??= new float[replay.InputCount];
        skip ??= new float[replay.SkipCount];
        Window window = series.Window;
        replay.Begin(series.Profile);
        states.Clear(series.Row);
        for (int ago = Math.Min(steps, window.Count) - 1; ago >= 0; ago--)
        {
            replay.Step(
                TimeAgo(series, ago), window.Ago(ago), window.IsHeldAgo(ago), window.CovariatesAgo(ago), inputs, skip);
            NetworkStep.Run(weights, states, [series.Row], inputs, skip, outputs, scratch);
        }
    }

    private static long TimeAgo(SeriesState series, int ago)
    {
        SeriesProfile profile = series.Profile;
        return profile.IsEventMode ? series.Window.TimeAgo(ago)
            : ago == 0 ? series.TimeTicks
            : profile.StartOf(profile.IndexOf(series.TimeTicks) - ago);
    }
}
