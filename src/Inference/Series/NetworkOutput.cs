namespace Streaming.Inference.Series;

/// <summary>What the network made of one step of one series.</summary>
/// <param name="deviations">From the anchors, [K], in units of scale.</param>
/// <param name="hidden">Hidden state of its top layer after the step, [H]; empty where no readout is asked for.</param>
internal readonly ref struct NetworkOutput(ReadOnlySpan<float> deviations, ReadOnlySpan<float> hidden)
{
    public ReadOnlySpan<float> Deviations { get; } = deviations;

    public ReadOnlySpan<float> Hidden { get; } = hidden;
}
