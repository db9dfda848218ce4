using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;

namespace Streaming.Daemon.Tuning;

/// <summary>Puts kept versions in force because somebody asks for it, the way every version change goes: through the
/// models topic.</summary>
/// <remarks>
/// One change at a time. It opens a publisher of its own, which fences the trainer's: what was trained beside the version
/// that is being replaced is void anyway, and the trainer begins again from the new one. Thread-safe.
/// </remarks>
/// <param name="options">The configuration.</param>
/// <param name="form">What weights are to be for.</param>
/// <param name="catalog">Versions that are kept.</param>
/// <param name="seat">Whether this process is the one that changes versions.</param>
/// <param name="open">Opens a publisher.</param>
/// <param name="decisions">Told of it.</param>
/// <param name="clock">Dates it.</param>
/// <param name="logger">Told of it, too.</param>
internal sealed partial class OperatorDesk(
    ForecasterOptions options, NetworkForm form, VersionCatalog catalog, TrainerSeat seat, OpenPublisher open,
    DecisionLog decisions, TimeProvider clock, ILogger<OperatorDesk> logger) : IDisposable
{
    /// <summary>How long Kafka may take; what becomes of the change after that, the models topic tells.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim one = new(1);

    /// <summary>Puts a kept version in force. Once begun it is not given up: the trainer's publisher is fenced by then, and
    /// half a change is none that anybody asked for.</summary>
    /// <param name="id">Its number; null: the one that the version in force has displaced.</param>
    /// <param name="asker">Gives up waiting, for its turn or for the answer.</param>
    /// <exception cref="OperationCanceledException">The asker gave up.</exception>
    public async Task<DeskAnswer> ChangeAsync(int? id, CancellationToken asker) =>
        await one.WaitAsync(Patience, asker)
            ? await FinishAsync(id).WaitAsync(asker)
            : new(DeskResult.Failed, "another change has not come to its end");

    public void Dispose() => one.Dispose();

    /// <summary>Makes the change, whoever waits for it, and lets the next one begin.</summary>
    private async Task<DeskAnswer> FinishAsync(int? id)
    {
        try
        {
            CatalogView view = catalog.View;
            int wanted = id ?? view.Champion?.Previous ?? 0;
            using var patience = new CancellationTokenSource(Patience, clock);
            DeskAnswer answer = Obstacle(view, wanted) ?? await Task.Factory.StartNew(
                () => Change(wanted, isRollBack: id is null, patience.Token), CancellationToken.None,
                TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (answer.Result == DeskResult.Failed)
            {
                LogFailed(wanted, answer.Why);
            }

            return answer;
        }
        catch (Exception e)
        {
            LogBroken(e); // nobody may be waiting any more
            throw;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Why nothing is to be done; null where something is.</summary>
    private DeskAnswer? Obstacle(CatalogView view, int wanted)
    {
        if (seat.Term == 0)
        {
            return new(DeskResult.NotHere, "another process changes versions");
        }

        if (options.Training.Pin is { } pin)
        {
            return new(DeskResult.Refused, $"Training:Pin holds version {pin}");
        }

        if (view.Find(wanted) is not { } found)
        {
            return new(DeskResult.Unknown, wanted == 0
                ? "there is no version before the one in force"
                : $"version {wanted} is not kept");
        }

        return found.Manifest.Form != form
            ? new(DeskResult.Refused, $"version {wanted} is of another network: {found.Manifest.Form.DifferencesTo(form)}")
            : view.Champion?.Id == wanted ? new(DeskResult.Done, "it is in force already") : null;
    }

    private DeskAnswer Change(int wanted, bool isRollBack, CancellationToken patience)
    {
        string why = isRollBack ? "rolled back by an operator" : "promoted by an operator";
        try
        {
            using ModelsPublisher publisher = open(pause =>
            {
                patience.WaitHandle.WaitOne(pause);
                patience.ThrowIfCancellationRequested();
            });
            publisher.RollBack(wanted, why);
        }
        catch (PublisherLostException e)
        {
            return new(DeskResult.Failed, $"whether it was done, the list of versions tells: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return new(
                DeskResult.Failed,
                $"Kafka has not answered within {Patience.TotalSeconds} s; the list of versions tells what became of it");
        }
        catch (InvalidOperationException e)
        {
            return new(DeskResult.Unknown, e.Message);
        }

        string name = catalog.View.InForce?.Version.Name ?? "";
        decisions.Add(new(clock.GetUtcNow(), isRollBack ? "rolled-back" : "promoted", name, why, null, null, 0));
        LogChanged(name, why);
        return new(DeskResult.Done, why);
    }

    [LoggerMessage(500, LogLevel.Information, "{Version} is in force: {Why}")]
    private partial void LogChanged(string version, string why);

    [LoggerMessage(501, LogLevel.Warning, "Version {Version} was to be put in force by an operator: {Why}")]
    private partial void LogFailed(int version, string why);

    [LoggerMessage(502, LogLevel.Error, "A change of versions by an operator went wrong")]
    private partial void LogBroken(Exception why);
}

/// <summary>Opens a publisher of versions.</summary>
/// <param name="wait">Lets time pass, or throws where it is not wanted any more.</param>
/// <exception cref="PublisherLostException">Kafka refuses, or another process takes over.</exception>
internal delegate ModelsPublisher OpenPublisher(Action<TimeSpan> wait);
