namespace Streaming.Inference.Kernels;

/// <summary>How many series, or vectors of units, a tile advances at once: a constant to the compiler.</summary>
internal interface ITileSize
{
    public static abstract int Count { get; }
}

internal readonly struct One : ITileSize
{
    public static int Count => 1;
}

internal readonly struct Two : ITileSize
{
    public static int Count => 2;
}

internal readonly struct Four : ITileSize
{
    public static int Count => 4;
}
