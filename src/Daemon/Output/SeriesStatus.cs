namespace Streaming.Daemon.Output;

/// <summary>How far a series is from a full forecast.</summary>
internal enum SeriesStatus
{
    /// <summary>"cold": too few values yet; the simple methods speak.</summary>
    Cold,

    /// <summary>"warm": everything takes part.</summary>
    Warm,

    /// <summary>"burn-in": the LSTM state is being recomputed for a new version.</summary>
    BurnIn,
}
