namespace Integration.Harness;

/// <summary>A deployment whose processes are disturbed while events come in portions, and the judgement at the
/// end.</summary>
internal sealed class DisturbedRun : IAsyncDisposable
{
    private readonly Deployment deployment;
    private readonly (string Key, string Value)[] settings;
    private readonly EventSender sender;
    private readonly TopicReader forecasts;
    private readonly Queue<NabEvent[]> portions;

    private DisturbedRun(
        Deployment deployment, Fleet fleet, (string Key, string Value)[] settings, IEnumerable<NabEvent[]> portions)
    {
        (this.deployment, Fleet, this.settings, this.portions) = (deployment, fleet, settings, new(portions));
        sender = new(deployment.Cluster, deployment.Input);
        forecasts = new(deployment.Cluster, deployment.Output, deployment.PartitionCount);
    }

    /// <summary>The processes.</summary>
    public Fleet Fleet { get; }

    /// <summary>Starts the processes; nothing is sent yet.</summary>
    /// <param name="cluster">The brokers.</param>
    /// <param name="partitions">Partitions of the topics.</param>
    /// <param name="processes">Processes at a time.</param>
    /// <param name="events">All events.</param>
    /// <param name="portions">Into how many portions they are cut.</param>
    /// <param name="settings">Further settings of all processes.</param>
    public static async Task<DisturbedRun> StartAsync(
        TestCluster cluster, int partitions, int processes, IReadOnlyList<NabEvent> events, int portions,
        params (string Key, string Value)[] settings)
    {
        Deployment deployment = await Deployment.CreateAsync(cluster, partitions: partitions);
        var fleet = new Fleet(deployment, processes, settings);
        return new(deployment, fleet, settings, events.Chunk((events.Count + portions - 1) / portions));
    }

    /// <summary>Sends the next portion at a steady pace.</summary>
    public Task SendNextAsync() => sender.SendSteadilyAsync(portions.Dequeue());

    /// <summary>Waits for the next forecast: the processes get on.</summary>
    public void ReadOn() => forecasts.ReadUntil(forecasts.ReadToEnd().Count + 1, () => Fleet.Log);

    /// <summary>Sends what is left, stops the processes, and compares all that was published and stored with an
    /// undisturbed run.</summary>
    /// <returns>What was published, and stored.</returns>
    public async Task<(IReadOnlyList<KafkaMessage> Forecasts, StoredState State)> AssertUndisturbedAsync()
    {
        while (portions.Count > 0)
        {
            await SendNextAsync();
        }

        using var input = new TopicReader(deployment.Cluster, deployment.Input, deployment.PartitionCount);
        IReadOnlyList<Forecast> due = DueForecasts.Of(deployment.Input, input.ReadToEnd());
        forecasts.ReadUntil(due.Count, () => Fleet.Log);
        await Fleet.StopAllAsync();
        IReadOnlyList<KafkaMessage> published = forecasts.ReadToEnd();
        StoredState state = StoredState.Read(deployment);
        Published.OnceEach(due, published);

        (IReadOnlyList<KafkaMessage> expected, StoredState expectedState) =
            await Retelling.OfAsync(deployment, state, due.Count, settings);

        Published.Same(expected, published);
        Assert.Equal(expectedState.Units.Keys, state.Units.Keys);
        Assert.DoesNotContain(state.Units.Keys, key => state.Units[key] != expectedState.Units[key]);
        return (published, state);
    }

    public async ValueTask DisposeAsync()
    {
        sender.Dispose();
        forecasts.Dispose();
        await Fleet.DisposeAsync();
    }
}
