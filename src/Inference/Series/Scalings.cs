namespace Streaming.Inference.Series;

/// <summary>What model files call the scaling that their network was trained in.</summary>
/// <remarks>A rule that changes gets another name.</remarks>
public static class Scalings
{
    /// <summary>The name of a scaling in a model file.</summary>
    public static string NameOf(Scaling scaling) => scaling == Scaling.MinMax ? "min-max" : "exponential";

    /// <summary>The scaling of a name; null where there is none.</summary>
    public static Scaling? OfName(string name) =>
        Enum.GetValues<Scaling>().Cast<Scaling?>().FirstOrDefault(scaling => NameOf(scaling!.Value) == name);

    /// <summary>All names, separated by commas.</summary>
    public static string Known { get; } = string.Join(", ", Enum.GetValues<Scaling>().Select(NameOf));
}
