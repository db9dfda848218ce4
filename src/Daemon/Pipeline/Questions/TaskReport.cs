namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>How far one partition is, as its lane tells it.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="Lane">Number of the lane that has it.</param>
/// <param name="State">opening, restoring, running or stopped.</param>
/// <param name="Reason">Why it is not running; null while it is.</param>
/// <param name="NextOffset">Offset of the next record to take; null before the task has begun.</param>
/// <param name="EndOffset">Offset after the last record of the log; null while unknown.</param>
/// <param name="LagRecords">Records that are not committed yet; null while unknown.</param>
/// <param name="Series">Series that it has.</param>
/// <param name="ColdSeries">Those among them that have seen too few steps.</param>
/// <param name="StreamTime">Largest event time that was taken; null before the first.</param>
/// <param name="RestoreRemaining">Records to read again until it is live.</param>
internal sealed record TaskReport(
    int Partition, int Lane, string State, string? Reason, long? NextOffset, long? EndOffset, long? LagRecords, int Series,
    int ColdSeries, DateTime? StreamTime, long RestoreRemaining);
