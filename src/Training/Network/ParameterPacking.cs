using Streaming.Inference.Model;
using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>Carries parameters between the torch layout and the training layout, exactly, in both directions.</summary>
internal static class ParameterPacking
{
    /// <summary>Copies torch-ordered parameters into a zeroed flat buffer.</summary>
    public static void Pack(ModelParameters from, ParameterLayout layout, Span<float> to) =>
        Walk(from, layout, to, pack: true);

    /// <summary>Copies a flat buffer into torch-ordered parameters.</summary>
    public static void Unpack(Span<float> from, ParameterLayout layout, ModelParameters to) =>
        Walk(to, layout, from, pack: false);

    private static void Walk(ModelParameters torch, ParameterLayout layout, Span<float> packed, bool pack)
    {
        if (torch.Shape != layout.Shape)
        {
            throw new ArgumentException($"Parameters of {torch.Shape} do not fit a network of {layout.Shape}.");
        }

        for (int l = 0; l < layout.Shape.Layers; l++)
        {
            CopyGates(torch.InputWeights(l), layout.InputWeights(l), layout.Shape.Hidden, packed, pack);
            CopyGates(torch.RecurrentWeights(l), layout.RecurrentWeights(l), layout.Shape.Hidden, packed, pack);
            CopyGates(torch.Bias(l), layout.Bias(l), layout.Shape.Hidden, packed, pack);
        }

        CopyHead(torch.HeadWeights, layout.Head, packed, pack);
        CopyHead(torch.SkipWeights, layout.Skip, packed, pack);
        CopyHead(torch.HeadBias, layout.HeadBias, packed, pack);
    }

    /// <summary>[4H, rows] in gate order i, f, g, o against panels of unit blocks.</summary>
    private static void CopyGates(Span<float> torch, Panels panels, int hidden, Span<float> packed, bool pack)
    {
        for (int gateUnit = 0; gateUnit < 4 * hidden; gateUnit++)
        {
            int column = ParameterLayout.GateColumn(gateUnit / hidden, gateUnit % hidden);
            for (int row = 0; row < panels.Rows; row++)
            {
                Copy(ref torch[(gateUnit * panels.Rows) + row], ref packed[panels.IndexOf(row, column)], pack);
            }
        }
    }

    /// <summary>[K, rows] against panels.</summary>
    private static void CopyHead(Span<float> torch, Panels panels, Span<float> packed, bool pack)
    {
        for (int n = 0; n < torch.Length; n++)
        {
            Copy(ref torch[n], ref packed[panels.IndexOf(n % panels.Rows, n / panels.Rows)], pack);
        }
    }

    private static void Copy(ref float torch, ref float packed, bool pack)
    {
        if (pack)
        {
            packed = torch;
        }
        else
        {
            torch = packed;
        }
    }
}
