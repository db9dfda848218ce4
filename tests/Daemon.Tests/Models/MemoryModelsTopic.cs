using Streaming.Daemon.Models;

namespace Daemon.Tests.Models;

/// <summary>The committed records of a models topic, and who may add to them.</summary>
internal sealed class MemoryModelsTopic
{
    /// <summary>Committed records, by offset.</summary>
    public List<ModelsRecord> Records { get; } = [];

    /// <summary>Producers that have initialized so far: the last one is not fenced.</summary>
    public int Epoch { get; set; }

    /// <summary>Called before a producer initializes: others may do something just then.</summary>
    public Action Initializing { get; set; } = () => { };

    /// <summary>Called when a producer has initialized.</summary>
    public Action Initialized { get; set; } = () => { };
}
