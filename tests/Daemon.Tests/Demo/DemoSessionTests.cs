using Spectre.Console;
using Streaming.Daemon.Demo;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Demo;

public sealed class DemoSessionTests
{
    private const int Partitions = 8;

    [Fact]
    public async Task RunAsync_PersistenceForecasts_AllComeBackAndScoreOneAgainstPersistence()
    {
        IReadOnlyList<DemoStream> streams = Streams();
        StringWriter output = new();

        DemoSnapshot end = await RunAsync(streams, _ => true, TimeSpan.FromSeconds(30), output);

        Assert.Equal(streams.Sum(stream => stream.Rows.Count), end.Records);
        Assert.Equal(
            ReplayOrder.Merge(streams, DemoConfiguration.CadenceOf).Count(record => record.ClosedStep is not null),
            end.Forecasts);
        Assert.Equal(0, end.VersionsAdopted);
        Assert.All(end.Scores.MaseAgainstPersistence, mase => Assert.Equal(1, mase, 9));
        Assert.All(end.Scores.MaseAgainstSeasonal, mase => Assert.True(double.IsFinite(mase)));
        Assert.Contains("version lstm@1", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SeriesWithoutForecasts_SaysWhichAndHowMany()
    {
        IReadOnlyList<DemoStream> streams = [.. Streams().Select(s => s with { Rows = [.. s.Rows.Take(300)] })];
        string silent = streams[0].Series;

        var thrown = await Assert.ThrowsAsync<DemoException>(
            () => RunAsync(streams, series => series != silent, TimeSpan.FromSeconds(1), TextWriter.Null));

        Assert.StartsWith("299 forecasts are missing", thrown.Message, StringComparison.Ordinal);
        Assert.Contains($"{silent}: 299", thrown.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<DemoStream> Streams() =>
        [.. DemoData.Read(DemoData.BundledFolder)
            .Where(s => s.Series is "ec2_network_in_5abac7" or "elb_request_count_8c0756" or DemoConfiguration.Taxi)];

    private static async Task<DemoSnapshot> RunAsync(
        IReadOnlyList<DemoStream> streams, Func<string, bool> answers, TimeSpan patience, TextWriter output)
    {
        using EmbeddedCluster cluster = new();
        cluster.CreateTopic("events", Partitions);
        cluster.CreateTopic("forecasts", Partitions);
        using PersistenceDaemon daemon = new(cluster.BootstrapServers, Partitions, answers);
        IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) });
        DemoPlan plan = new(streams, options => options, DemoConfiguration.CadenceOf);
        DemoSession session = new(plan, [1, 6], stepsPerSecond: double.PositiveInfinity, patience, TimeProvider.System);
        return await session.RunAsync(
            cluster.BootstrapServers, "events", "forecasts", Partitions, console, CancellationToken.None);
    }
}
