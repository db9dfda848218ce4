namespace Streaming.Daemon.Pipeline;

/// <summary>What a kind of lane does, for its <see cref="LaneLoop{TTask}"/> to call.</summary>
/// <param name="Process">Processes the batch.</param>
/// <param name="Restore">Reads on what the tasks being opened begin with.</param>
/// <param name="Report">Called after each commit, also after one that failed.</param>
/// <param name="Answer">Called at each turn: answers questions.</param>
internal sealed record LaneWork(Action Process, Action Restore, Action Report, Action Answer);
