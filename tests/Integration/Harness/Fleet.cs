using System.Globalization;

namespace Integration.Harness;

/// <summary>The processes of one deployment, some of which end, and others in their places.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly Deployment deployment;
    private readonly (string Key, string Value)[] settings;
    private readonly List<DaemonProcess> ended = [];
    private readonly DaemonProcess[] running;
    private int named;

    /// <param name="deployment">Theirs.</param>
    /// <param name="processes">How many run at a time.</param>
    /// <param name="settings">Further settings of all.</param>
    public Fleet(Deployment deployment, int processes, params (string Key, string Value)[] settings)
    {
        (this.deployment, this.settings) = (deployment, settings);
        running = [.. Enumerable.Range(0, processes).Select(_ => Start(NewName()))];
        Names = [.. Enumerable.Range(0, processes).Select(NameOf)];
    }

    /// <summary>Those that run.</summary>
    public IReadOnlyList<DaemonProcess> Running => running;

    /// <summary>Further settings of those that are started from here on.</summary>
    public List<(string Key, string Value)> Later { get; } = [];

    /// <summary>What all have written, those that have ended first.</summary>
    public string Log => string.Join("\n---\n", ended.Concat(running).Select(daemon => daemon.Log));

    private string[] Names { get; }

    /// <summary>Kills one; another takes its place.</summary>
    /// <param name="place">Which.</param>
    /// <param name="underItsName">Whether the other is the same to the brokers: it fences what the first left.</param>
    public async Task KillAsync(int place, bool underItsName)
    {
        await running[place].KillAsync();
        Replace(place, underItsName);
    }

    /// <summary>Stops one as an orchestrator does; another takes its place.</summary>
    public async Task StopAsync(int place)
    {
        Assert.Equal(0, await running[place].StopAsync());
        Replace(place, underItsName: false);
    }

    /// <summary>Partitions that a process runs, by its /metrics.</summary>
    public static double Held(string page) =>
        Metrics.Parse(page).GetValueOrDefault("forecaster_task_state{state=\"running\"}");

    /// <summary>Waits until the processes run all partitions between them, none of them without any.</summary>
    public Task UntilSpreadAsync(int partitions) => Patience.UntilAsync(
        async () =>
        {
            var held = new List<double>();
            foreach (DaemonProcess daemon in running)
            {
                held.Add(Held((await daemon.GetAsync("/metrics")).Body));
            }

            return held.Sum() == partitions && held.TrueForAll(count => count > 0);
        },
        () => Log);

    /// <summary>Stops all of them.</summary>
    public async Task StopAllAsync() =>
        Assert.All(await Task.WhenAll(running.Select(daemon => daemon.StopAsync())), code => Assert.Equal(0, code));

    public async ValueTask DisposeAsync()
    {
        foreach (DaemonProcess daemon in ended.Concat(running))
        {
            await daemon.DisposeAsync();
        }
    }

    private void Replace(int place, bool underItsName)
    {
        ended.Add(running[place]);
        Names[place] = underItsName ? Names[place] : NewName();
        running[place] = Start(Names[place]);
    }

    private DaemonProcess Start(string name) =>
        deployment.Start([.. settings, .. Later, ("Kafka:InstanceId", name)]);

    private string NewName() => NameOf(named++);

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"pod-{number}");
}
