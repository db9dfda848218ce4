using Streaming.Training.Gate;

namespace Streaming.Training.FineTuning;

/// <summary>How champion, snapshot and the champion before compare on the same fresh steps, and what follows.</summary>
public sealed record Verdict
{
    /// <summary>What follows.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Why, in a few words for a log.</summary>
    public required string Reason { get; init; }

    /// <summary>The challenger's snapshot against the champion.</summary>
    public required Standing Candidate { get; init; }

    /// <summary>The champion before against the champion; null where the champion is no longer on watch.</summary>
    public Standing? Previous { get; init; }

    /// <summary>Updates that the challenger had made since it last started over when its snapshot was taken.</summary>
    public int Updates { get; init; }

    /// <summary>Whether the challenger starts over from the champion: too many snapshots in a row did worse, or this
    /// one's forecasts are not finite.</summary>
    public bool StartsOver { get; init; }
}
