using System.Collections.Concurrent;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>Questions of one sort that wait for a lane, first come, first served.</summary>
/// <remarks>Any thread adds; the lane's alone works. Unbounded: <see cref="LaneMailbox"/> counts.</remarks>
internal sealed class WaitingQuestions
{
    private readonly ConcurrentQueue<LaneQuestion> questions = new();
    private LaneQuestion? current; // the lane's

    public void Add(LaneQuestion question) => questions.Enqueue(question);

    /// <summary>Does one piece of the work.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="isDone">Whether that was a question's last, or nobody waits for it any more.</param>
    /// <returns>False where there is nothing to do.</returns>
    public bool TryWork(LaneView lane, out bool isDone)
    {
        isDone = false;
        if (current is null && !questions.TryDequeue(out current))
        {
            return false;
        }

        isDone = current.IsOver || IsAnswered(current, lane);
        current = isDone ? null : current;
        return true;
    }

    /// <summary>A question that goes wrong is no reason to end a lane: it reads, and whoever asked is told.</summary>
    private static bool IsAnswered(LaneQuestion question, LaneView lane)
    {
        try
        {
            return question.Work(lane);
        }
        catch (Exception e)
        {
            question.Fail(e);
            return true;
        }
    }
}
