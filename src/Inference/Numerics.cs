namespace Streaming.Inference;

/// <summary>The arithmetic of forecasts and states, as a whole.</summary>
public static class Numerics
{
    /// <summary>Revision of the arithmetic: raised whenever the same input gives other bits.</summary>
    public const int Revision = 3;
}
