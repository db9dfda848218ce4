using Integration.Harness;
using Streaming.Contract;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Model;

namespace Integration;

/// <summary>Processes that die, freeze and crowd in, on brokers that may crash: what readers of committed records get, and
/// what is stored, is bit for bit what one undisturbed process makes under the same versions from the same offsets
/// on.</summary>
/// <remarks>After an end, a partition's next 512 records are taken alone, with two commits each (decision 15): on slow brokers
/// that is most of the time that these tests take.</remarks>
public sealed class CrashTests : IDisposable
{
    private const int Partitions = 6;

    /// <summary>Little is stored at a time, so that each restore reads some of the log again; a dead owner's transaction
    /// is given up on soon.</summary>
    private static readonly (string Key, string Value)[] Settings =
    [
        ("Kafka:StaticMembership", "true"), ("Kafka:TransactionTimeout", "00:00:06"),
        ("State:CheckpointInterval", "00:00:02"), ("State:CommitBytes", "65536"),
    ];

    private readonly TestCluster cluster = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("forecaster-test-");
    private readonly IReadOnlyList<NabEvent> events = NabSeries.Cut(parts: 8, rows: 300);

    public void Dispose()
    {
        cluster.Dispose();
        folder.Delete(recursive: true);
    }

    [TransactionFact]
    public async Task Run_TwentySigkillsAndTwoAdoptions_ReadersSeeWhatOneProcessMakes()
    {
        const int processes = 3, kills = 20;
        var random = new Random(Seed: 17);
        await using var run = await DisturbedRun.StartAsync(cluster, Partitions, processes, events, kills + 1, Settings);

        for (int kill = 0; kill < kills; kill++)
        {
            if (kill is 6 or 13)
            {
                run.Fleet.Later.Add(("Model:File", NewModel(kill)));
            }

            Task sending = run.SendNextAsync();
            await Task.Delay(random.Next(3_000)); // a random moment of reading, committing, restoring
            await run.Fleet.KillAsync(random.Next(processes), underItsName: random.Next(3) > 0);
            await sending;
            run.ReadOn();
        }

        (_, StoredState state) = await run.AssertUndisturbedAsync();
        Assert.All(state.Adoptions.Values, adoptions => Assert.Equal("lstm@3", adoptions[^1].Version));
        Assert.Contains(state.Adoptions.Values, adoptions => adoptions.Exists(one => one.Version == "lstm@2"));
    }

    [TransactionFact]
    public async Task Run_FrozenPastItsSession_TheZombiePublishesNothing()
    {
        const int freezes = 4;
        await using var run = await DisturbedRun.StartAsync(
            cluster, Partitions, processes: 2, events, (2 * freezes) + 1, Settings);

        for (int freeze = 0; freeze < freezes; freeze++)
        {
            await run.Fleet.UntilSpreadAsync(Partitions);
            DaemonProcess zombie = run.Fleet.Running[freeze % 2], heir = run.Fleet.Running[1 - (freeze % 2)];
            Task sending = run.SendNextAsync();
            await zombie.FreezeAsync();
            await sending;
            await heir.WaitForAsync("/metrics", (_, page) => Fleet.Held(page) == Partitions);
            run.ReadOn();
            sending = run.SendNextAsync();
            await zombie.ThawAsync();
            await sending;
            run.ReadOn();
        }

        await run.AssertUndisturbedAsync();
    }

    [TransactionFact]
    public async Task Run_ProcessesComeAndGo_NothingIsLostOrRepeated()
    {
        const int processes = 4, changes = 14;
        var random = new Random(Seed: 5);
        await using var run = await DisturbedRun.StartAsync(cluster, Partitions, processes, events, changes + 1, Settings);

        for (int change = 0; change < changes; change++)
        {
            Task sending = run.SendNextAsync();
            await run.Fleet.StopAsync(random.Next(processes)); // mostly in the middle of the rebalance before
            await sending;
        }

        await run.AssertUndisturbedAsync();
    }

    [RestartableFact]
    public async Task Run_BrokerCrashesInMidStream_NothingIsLostOrRepeated()
    {
        const int crashes = 2;
        var random = new Random(Seed: 3);
        await using var run = await DisturbedRun.StartAsync(
            cluster, Partitions, processes: 2, events, crashes + 1, ("State:CheckpointInterval", "00:00:02"));

        for (int crash = 0; crash < crashes; crash++)
        {
            Task sending = run.SendNextAsync();
            run.ReadOn();
            await Task.Delay(random.Next(500));
            cluster.StopBroker();
            cluster.StartBroker();
            await sending;
            run.ReadOn();
        }

        await run.AssertUndisturbedAsync();
    }

    /// <summary>The pretrained network, some of it forgotten.</summary>
    private string NewModel(int number)
    {
        ModelFile champion = FirstModel.Champion();
        float[] values = [.. champion.Parameters.Values.Select(value => value * (1 - (number / 100f)))];
        string path = Path.Combine(folder.FullName, $"{number}.safetensors");
        File.WriteAllBytes(
            path, new ModelFile(ModelParameters.Of(champion.Parameters.Shape, values), champion.Metadata).ToBytes());
        return path;
    }
}
