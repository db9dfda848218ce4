namespace Streaming.Daemon.Configuration;

/// <summary>Whether the input is spread anew, by series id, before it is forecast from.</summary>
internal enum RepartitionMode
{
    /// <summary>Where the key can't be the series id: see <see cref="RepartitionChoice"/>.</summary>
    Auto,

    /// <summary>Always.</summary>
    On,

    /// <summary>Never: all records of a series are in one partition.</summary>
    Off,
}
