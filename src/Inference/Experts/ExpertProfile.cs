namespace Streaming.Inference.Experts;

/// <summary>What a series may cost, and so which experts forecast it.</summary>
public enum ExpertProfile
{
    /// <summary>The network and the simple experts: hundreds of thousands of series a pod.</summary>
    Scale,

    /// <summary>One short linear expert beside them.</summary>
    Balanced,

    /// <summary>Linear experts of several lengths and the readout of the network's state: thousands.</summary>
    Accuracy,
}
