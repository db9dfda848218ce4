namespace Streaming.Daemon.Pipeline;

/// <summary>What a lane does with records, for a <see cref="CarefulTaker{TTask}"/> to call.</summary>
/// <param name="Take">Takes a record of the batch, by its number.</param>
/// <param name="Skip">Refuses one that is passed over.</param>
/// <param name="Finish">Produces what is still to come of the records taken.</param>
internal sealed record RecordWork<TTask>(Action<TTask, int> Take, Action<TTask, int> Skip, Action Finish);
