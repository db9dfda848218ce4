namespace Streaming.Daemon.Configuration;

/// <summary>What a partition without a committed offset publishes.</summary>
internal enum EmitMode
{
    /// <summary>Forecasts of every record from where it starts.</summary>
    All,

    /// <summary>Those of records written after it was first assigned; what is older is read silently.</summary>
    Live,
}
