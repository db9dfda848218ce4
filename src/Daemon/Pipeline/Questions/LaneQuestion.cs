namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>A question to a lane, answered on its thread a piece at a time; nothing of the lane is changed.</summary>
internal abstract class LaneQuestion
{
    /// <summary>Whether nobody waits for the answer any more.</summary>
    public abstract bool IsOver { get; }

    /// <summary>Whether it takes many pieces: those that take one need not wait for it.</summary>
    public virtual bool IsWalk => false;

    /// <summary>Does one piece of the work: some tens of microseconds, or one series.</summary>
    /// <returns>Whether the answer is whole, and was given.</returns>
    public abstract bool Work(LaneView lane);

    /// <summary>Tells who waits that there will be no answer.</summary>
    public abstract void Fail(Exception why);
}

/// <summary>A question that has an answer of some type.</summary>
internal abstract class LaneQuestion<T> : LaneQuestion
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done once the lane has answered.</summary>
    public Task<T> Answer => answer.Task;

    public sealed override bool IsOver => answer.Task.IsCompleted;

    /// <summary>Stops waiting: the lane passes the question over.</summary>
    public void Cancel() => answer.TrySetCanceled();

    public sealed override void Fail(Exception why) => answer.TrySetException(why);

    public sealed override bool Work(LaneView lane)
    {
        if (!TryAnswer(lane, out T? found))
        {
            return false;
        }

        answer.TrySetResult(found!);
        return true;
    }

    /// <summary>Does one piece of the work.</summary>
    /// <param name="lane">Valid during the call only: between two of them series and tasks come and go.</param>
    /// <param name="found">The answer, once it is whole.</param>
    protected abstract bool TryAnswer(LaneView lane, out T? found);
}
