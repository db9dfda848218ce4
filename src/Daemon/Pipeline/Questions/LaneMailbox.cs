namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>Questions that wait for a lane, which answers them between its turns: bounded in number, and in the share of
/// the lane's time.</summary>
/// <remarks>Any thread asks; the lane's alone answers, for it alone owns the series. Where nobody asks, a turn costs the
/// lane one volatile read. See docs/decisions/0023-questions-to-lanes.md.</remarks>
internal sealed class LaneMailbox(TimeProvider clock)
{
    /// <summary>Questions that wait, at most; further ones are refused.</summary>
    public const int Capacity = 64;

    /// <summary>One part in so many of the time is for answers.</summary>
    private const int ShareOfTime = 50;

    private static readonly TimeSpan MostAtOnce = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LeastAtOnce = TimeSpan.FromMilliseconds(0.1);

    private readonly WaitingQuestions ones = new();
    private readonly WaitingQuestions walks = new();
    private long lastAnswered = clock.GetTimestamp(); // the lane's
    private int waiting;

    /// <summary>Whether a question waits.</summary>
    public bool HasQuestions => Volatile.Read(ref waiting) > 0;

    /// <summary>Leaves a question.</summary>
    /// <returns>False where as many as there may be wait already.</returns>
    public bool TryAsk(LaneQuestion question)
    {
        if (Interlocked.Increment(ref waiting) > Capacity)
        {
            Interlocked.Decrement(ref waiting);
            return false;
        }

        (question.IsWalk ? walks : ones).Add(question);
        return true;
    }

    /// <summary>Answers what waits, as far as the time allows. The lane's thread only, between its waves.</summary>
    /// <remarks>Walks come last, but by one piece each time, so that they come to their end whatever else is asked.
    /// </remarks>
    public void Answer(LaneView lane)
    {
        if (!HasQuestions)
        {
            return;
        }

        long begun = clock.GetTimestamp();
        TimeSpan allowed = clock.GetElapsedTime(lastAnswered, begun) / ShareOfTime;
        allowed = allowed > MostAtOnce ? MostAtOnce : allowed < LeastAtOnce ? LeastAtOnce : allowed;
        bool hasTime = true;
        while (hasTime && TryWork(ones, lane))
        {
            hasTime = clock.GetElapsedTime(begun) < allowed;
        }

        while (TryWork(walks, lane) && clock.GetElapsedTime(begun) < allowed)
        {
        }

        lastAnswered = clock.GetTimestamp();
    }

    /// <summary>Does a piece of one question, walks apart; for the lane's thread, between the tasks of a turn.</summary>
    public void AnswerOne(LaneView lane)
    {
        if (HasQuestions)
        {
            TryWork(ones, lane);
        }
    }

    /// <returns>Whether there was anything to do.</returns>
    private bool TryWork(WaitingQuestions questions, LaneView lane)
    {
        if (!questions.TryWork(lane, out bool isDone))
        {
            return false;
        }

        if (isDone)
        {
            Interlocked.Decrement(ref waiting);
        }

        return true;
    }
}
