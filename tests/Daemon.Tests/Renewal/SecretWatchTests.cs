using Daemon.Tests.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Renewal;

namespace Daemon.Tests.Renewal;

public sealed class SecretWatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new();
    private readonly Lifetime lifetime = new();
    private readonly LogLines log = new();

    public SecretWatchTests()
    {
        folder.Write("Kafka__Client__sasl.password", "old");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Execute_FilesChange_SaysSoAndStops()
    {
        using SecretWatch watch = await StartAsync(NewSecrets.Stop);
        Look(times: 3);
        folder.Write("Kafka__Client__sasl.password", "new");

        await UntilAsync(() => lifetime.HasStopped);

        Assert.Contains(log.Lines, line => line.Contains("stopping in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Execute_Warn_SaysSoOnceAndGoesOn()
    {
        using SecretWatch watch = await StartAsync(NewSecrets.Warn);
        folder.Write("Kafka__Client__sasl.password", "new");

        await UntilAsync(() => !log.Lines.IsEmpty);
        await watch.ExecuteTask!;

        Assert.Contains("goes on with the old ones", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.False(lifetime.HasStopped);
    }

    /// <summary>A kubelet swaps a link and leaves names and contents, or changes back in time: nothing has changed.</summary>
    [Fact]
    public async Task Execute_NothingChanges_WatchesOn()
    {
        using SecretWatch watch = await StartAsync(NewSecrets.Stop);
        Look(times: 2);
        folder.Write("..data", "a link");

        Look(times: 10);

        Assert.False(watch.ExecuteTask!.IsCompleted);
        Assert.Empty(log.Lines);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Execute_NoFiles_EndsAtOnce()
    {
        using SecretWatch watch = Watch(NewSecrets.Stop, new SecretPlaces([]));

        await watch.StartAsync(CancellationToken.None);

        await watch.ExecuteTask!;
        Assert.False(lifetime.HasStopped);
    }

    [Fact]
    public void Of_CertificatesOfAnySection_AreWatched()
    {
        ForecasterOptions options = Sources.Options(
            ("Kafka:Client:ssl.ca.location", "/a/ca.crt"), ("Kafka:Producer:ssl.key.location", "/b/tls.key"),
            ("Kafka:Client:security.protocol", "ssl"));

        Assert.Equal(["/a/ca.crt", "/b/tls.key", "/secrets"], SecretPlaces.Of(options, "/secrets").Paths.Order());
        Assert.Equal(["/a/ca.crt", "/b/tls.key"], SecretPlaces.Of(options, null).Paths.Order());
    }

    [Fact]
    public void DelayOf_PodsOfASet_AreSpread()
    {
        TimeSpan[] delays = [.. Enumerable.Range(0, 100).Select(pod => SecretWatch.DelayOf($"forecaster-{pod}"))];

        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.Zero, SecretWatch.Spread));
        Assert.True(delays.Distinct().Count() > 80);
    }

    [Fact]
    public void SecretPrint_AnyChangeOfNameContentOrPlace_IsAnother()
    {
        var places = new SecretPlaces([folder.Path]);
        string? first = SecretPrint.Of(places);
        Directory.CreateDirectory(Path.Combine(folder.Path, "tls"));
        Assert.Equal(first, SecretPrint.Of(places));
        folder.Write(Path.Combine("tls", "ca.crt"), "");
        string? second = SecretPrint.Of(places);
        folder.Write(Path.Combine("tls", "ca.crt"), "a");
        string? third = SecretPrint.Of(places);

        Assert.Distinct([first, second, third]);
    }

    private async Task<SecretWatch> StartAsync(NewSecrets what)
    {
        SecretWatch watch = Watch(what, new SecretPlaces([folder.Path]));
        await watch.StartAsync(CancellationToken.None);
        return watch;
    }

    private SecretWatch Watch(NewSecrets what, SecretPlaces places)
    {
        ForecasterOptions options = Sources.Options(("Kafka:NewSecrets", OptionNames.Of(what)), ("Kafka:InstanceId", "pod-0"));
        return new(options, places, lifetime, clock, log);
    }

    private void Look(int times)
    {
        for (int i = 0; i < times; i++)
        {
            clock.Advance(SecretWatch.Interval);
        }
    }

    /// <summary>Lets the watch's time pass until something holds: it goes on with its work on threads of the pool.</summary>
    private async Task UntilAsync(Func<bool> holds)
    {
        for (int i = 0; i < 10_000 && !holds(); i++)
        {
            clock.Advance(SecretWatch.Interval);
            await Task.Delay(5);
        }

        Assert.True(holds());
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        private volatile bool hasStopped;

        public bool HasStopped => hasStopped;

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => hasStopped = true;
    }

    private sealed class LogLines : ILogger<SecretWatch>
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));
    }
}
