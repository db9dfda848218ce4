using Microsoft.Extensions.Logging;
using Simulation.Log;
using Simulation.Schedules;
using Streaming.Daemon.Pipeline;

namespace Simulation.Lanes;

/// <summary>Takes a lane's log for what it is: news of rare events.</summary>
internal sealed class LaneEvents(ProcessStart start, LaneScenario scenario) : ILogger<Lane>
{
    private const int Adopted = 130, Lost = 133, Restored = 160, Aborted = 162;

    private readonly List<Adoption> adoptions = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        switch (eventId.Id)
        {
            case Adopted:
                start.Events.Note(RareEvent.Adoption);
                break;
            case Restored:
                NoteRestore((IReadOnlyList<KeyValuePair<string, object?>>)state!);
                break;
            case Aborted:
                start.Events.Note(RareEvent.Abort);
                break;
            case Lost:
                start.Events.Note(RareEvent.Lost);
                break;
        }

        if (start.Port.IsTraced)
        {
            start.Port.Trace(formatter(state, exception));
        }
    }

    private void NoteRestore(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        start.Events.Note(RareEvent.Restore);
        if (!start.Port.HasCommitted((int)Of("Partition")))
        {
            start.Events.Note(RareEvent.RestoreWithoutOffset);
        }

        PartitionLog state = start.Port.Log(scenario.StateTopic, (int)Of("Partition"));
        adoptions.Clear();
        scenario.ReadAdoptions(state, adoptions);
        if (adoptions.Exists(adoption => adoption.Offset >= Of("LowWater") && adoption.Offset < Of("Committed")))
        {
            start.Events.Note(RareEvent.ReplayedAdoption);
        }

        long Of(string name) => Convert.ToInt64(
            values.First(value => value.Key == name).Value, System.Globalization.CultureInfo.InvariantCulture);
    }
}
