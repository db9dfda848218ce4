using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>The faces of this process's forecasting lanes, by number; made before the lanes start.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class LaneFaces(IReadOnlyList<LaneFace> faces)
{
    public int Count => faces.Count;

    public LaneFace this[int lane] => faces[lane];

    /// <summary>Those of a process.</summary>
    public static LaneFaces Of(ForecasterOptions options, LiveFeed live, TimeProvider clock)
    {
        int lanes = LaneService.LaneCount(options);
        return new([.. Enumerable.Range(0, lanes).Select(_ => LaneFace.Of(options, lanes, live, clock))]);
    }
}
