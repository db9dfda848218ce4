using Streaming.Inference.Kernels;

namespace Streaming.Inference.Model;

/// <summary>Immutable weights in the order in which the kernels read them. Shared by all lanes.</summary>
/// <remarks>
/// Units are padded to whole vectors with zero weights, which keep h and c of the padding at zero. −log2 e (gates i, f,
/// o) and −2 log2 e (g) are folded into weights and bias, so that pre-activations are exponents of two. Layer 0 reads
/// x, then its own h; a layer above reads its own h, then the h below: that h is then ready the latest.
/// </remarks>
public sealed unsafe class ModelWeights
{
    private readonly AlignedBuffer buffer;
    private readonly int lanes;
    private readonly int[] layerStarts;

    private ModelWeights(ModelParameters parameters, VectorForm form)
    {
        Form = form;
        lanes = VectorForms.Lanes(form);
        Shape = parameters.Shape;
        HiddenStride = AlignedBuffer.Padded(Shape.Hidden);
        FeatureLength = HiddenStride + AlignedBuffer.Padded(Shape.SkipInputs);
        int blocks = (Shape.Hidden + lanes - 1) / lanes;
        layerStarts = new int[Shape.Layers + 1];
        for (int l = 0; l < Shape.Layers; l++)
        {
            layerStarts[l + 1] = layerStarts[l] + AlignedBuffer.Padded(blocks * BlockLength(l));
        }

        int outputRows = HasOutputsInLanes ? AlignedBuffer.Padded(Shape.Outputs) : Shape.Outputs;
        int headStart = layerStarts[^1];
        int biasStart = headStart + (outputRows * FeatureLength);
        buffer = new AlignedBuffer(biasStart + AlignedBuffer.Padded(Shape.Outputs));
        HeadWeights = buffer.Pointer + headStart;
        HeadBias = buffer.Pointer + biasStart;
        for (int l = 0; l < Shape.Layers; l++)
        {
            PackLayer(parameters, l);
        }

        PackHead(parameters);
    }

    /// <summary>Sizes that fix the layout.</summary>
    public ModelShape Shape { get; }

    /// <summary>Memory taken, in bytes.</summary>
    public long Bytes => buffer.Bytes;

    /// <summary>The form whose vectors the weights are packed for.</summary>
    internal VectorForm Form { get; }

    /// <summary>Hidden units padded to whole blocks of 16.</summary>
    internal int HiddenStride { get; }

    /// <summary>Padded hidden state plus padded skip inputs: what the head multiplies.</summary>
    internal int FeatureLength { get; }

    internal float* HeadWeights { get; }

    internal float* HeadBias { get; }

    private bool HasOutputsInLanes => Shape.Outputs > HeadStep.MostDots;

    /// <summary>Packs parameters; later changes to them do not show.</summary>
    /// <param name="parameters">Torch layout, gates i, f, g, o.</param>
    public static ModelWeights Pack(ModelParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(parameters, VectorForms.Best);
    }

    /// <summary>Packs for a chosen form.</summary>
    internal static ModelWeights Pack(ModelParameters parameters, VectorForm form) => new(parameters, form);

    internal float* Layer(int layer) => buffer.Pointer + layerStarts[layer];

    private int BlockLength(int layer) => (1 + Shape.LayerInputs(layer) + Shape.Hidden) * 4 * lanes;

    private void PackLayer(ModelParameters parameters, int layer)
    {
        int hidden = Shape.Hidden;
        int inputs = Shape.LayerInputs(layer);
        ReadOnlySpan<float> below = parameters.InputWeights(layer);
        ReadOnlySpan<float> own = parameters.RecurrentWeights(layer);
        ReadOnlySpan<float> bias = parameters.Bias(layer);
        for (int gate = 0; gate < 4; gate++)
        {
            float scale = gate == 2 ? Activation.TanhScale : Activation.SigmoidScale;
            for (int unit = 0; unit < hidden; unit++)
            {
                int row = (gate * hidden) + unit;
                float* target = Layer(layer)
                    + ((nint)(unit / lanes) * BlockLength(layer)) + (gate * lanes) + (unit % lanes);
                *target = scale * bias[row];
                ReadOnlySpan<float> x = below.Slice(row * inputs, inputs);
                ReadOnlySpan<float> h = own.Slice(row * hidden, hidden);
                target = PackColumn(target, layer == 0 ? x : h, scale);
                PackColumn(target, layer == 0 ? h : x, scale);
            }
        }
    }

    private float* PackColumn(float* target, ReadOnlySpan<float> source, float scale)
    {
        foreach (float weight in source)
        {
            target += 4 * lanes;
            *target = scale * weight;
        }

        return target;
    }

    private void PackHead(ModelParameters parameters)
    {
        for (int output = 0; output < Shape.Outputs; output++)
        {
            var head = parameters.HeadWeights.Slice(output * Shape.Hidden, Shape.Hidden);
            var skip = parameters.SkipWeights.Slice(output * Shape.SkipInputs, Shape.SkipInputs);
            for (int k = 0; k < head.Length; k++)
            {
                *HeadWeight(output, k) = head[k];
            }

            for (int k = 0; k < skip.Length; k++)
            {
                *HeadWeight(output, HiddenStride + k) = skip[k];
            }

            HeadBias[output] = parameters.HeadBias[output];
        }
    }

    private float* HeadWeight(int output, int feature)
    {
        (int block, int lane) = Math.DivRem(output, AlignedBuffer.Line);
        return HasOutputsInLanes
            ? HeadWeights + ((((nint)block * FeatureLength) + feature) * AlignedBuffer.Line) + lane
            : HeadWeights + ((nint)output * FeatureLength) + feature;
    }
}
