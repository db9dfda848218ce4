namespace Streaming.Inference.Experts;

/// <summary>What an expert may do where it has not been scored often enough.</summary>
internal enum ExpertKind
{
    /// <summary>Needs no learning, but what it does at one horizon says nothing of another: the naive ones.</summary>
    Naive,

    /// <summary>As good at a horizon as at the next shorter one, from the first step on: the pretrained network.
    /// </summary>
    Steady,

    /// <summary>Learns each horizon of each series by itself, and is worse than useless before it has.</summary>
    Learner,
}
