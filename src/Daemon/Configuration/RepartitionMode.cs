namespace Streaming.Daemon.Configuration;

/// <summary>Whether the input is spread anew, by series id, before it is forecast from.</summary>
internal enum RepartitionMode
{
    /// <summary>On where series are named by labels, and the key can't be one.</summary>
    Auto,

    /// <summary>Always.</summary>
    On,

    /// <summary>Never: all records of a series are in one partition.</summary>
    Off,
}
