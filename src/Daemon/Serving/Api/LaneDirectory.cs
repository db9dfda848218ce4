using Streaming.Daemon.Pipeline.Questions;

namespace Streaming.Daemon.Serving.Api;

/// <summary>Asks the lanes of this process, and waits for their answers no longer than somebody at a screen would.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LaneDirectory(LaneFaces faces, TimeProvider clock)
{
    /// <summary>How long one series or one partition is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Lanes that can be asked.</summary>
    public int Count => faces.Count;

    /// <summary>Asks one lane.</summary>
    /// <exception cref="LaneBusyException">It takes no more questions, or is not done in time.</exception>
    public async Task<T> AskAsync<T>(
        int lane, LaneQuestion<T> question, TimeSpan patience, CancellationToken asker)
    {
        if (!faces[lane].Mailbox.TryAsk(question))
        {
            throw new LaneBusyException($"lane {lane} has {LaneMailbox.Capacity} questions waiting");
        }

        try
        {
            return await question.Answer.WaitAsync(patience, clock, asker);
        }
        catch (TimeoutException)
        {
            throw new LaneBusyException($"lane {lane} has not answered within {patience.TotalSeconds} s");
        }
        finally
        {
            question.Cancel(); // nothing happens where it was answered
        }
    }

    /// <summary>Asks all lanes at once.</summary>
    /// <exception cref="LaneBusyException">As for one.</exception>
    public Task<T[]> AskAllAsync<T>(
        Func<int, LaneQuestion<T>> question, TimeSpan patience, CancellationToken asker) =>
        Task.WhenAll(Enumerable.Range(0, faces.Count).Select(lane => AskAsync(lane, question(lane), patience, asker)));

    /// <summary>All of one series; null where no lane of this process has it.</summary>
    /// <param name="id">Its id, UTF-8.</param>
    /// <param name="withHistory">Whether its last steps are wanted, too.</param>
    /// <param name="asker">Ends the waiting.</param>
    /// <exception cref="LaneBusyException">A lane that may have it does not answer.</exception>
    public async Task<SeriesReport?> FindAsync(byte[] id, bool withHistory, CancellationToken asker)
    {
        SeriesReport?[] found = await AskAllAsync(_ => new SeriesQuestion(id, withHistory), Patience, asker);
        return found.FirstOrDefault(report => report is not null);
    }
}
