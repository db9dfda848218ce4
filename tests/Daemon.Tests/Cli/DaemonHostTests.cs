using System.Net;
using System.Net.Sockets;
using Daemon.Tests.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Streaming.Daemon.Cli;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Serving;

namespace Daemon.Tests.Cli;

public sealed class DaemonHostTests : IDisposable
{
    private readonly StringWriter stderr = new();

    public void Dispose() => stderr.Dispose();

    [Fact]
    public async Task RunAsync_Stopped_EndsWith0()
    {
        using var stop = new CancellationTokenSource();

        Task<int> run = RunAsync(services => services.AddHostedService(p => new Worker(async token =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        })), stop: stop.Token);

        Assert.Equal(ExitCodes.Ok, await run);
        Assert.Empty(stderr.ToString());
    }

    [Fact]
    public async Task RunAsync_StoppedWhileStarting_StopsWhatHasStartedAndEndsWith0()
    {
        StoppedEarly? service = null;

        int code = await RunAsync(services => services.AddHostedService(
            p => service = new(p.GetRequiredService<IHostApplicationLifetime>())));

        Assert.Equal((ExitCodes.Ok, ""), (code, stderr.ToString()));
        Assert.True(service!.IsStopped);
    }

    [Fact]
    public async Task RunAsync_BackgroundServiceFaults_EndsWith1AndSaysWhy()
    {
        int code = await RunAsync(services => services.AddHostedService(_ => new Worker(async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("one writer, two lanes");
        })));

        Assert.Equal(ExitCodes.Failure, code);
        Assert.Contains("one writer, two lanes", stderr.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LaneFailed_EndsWith1AndSaysWhy()
    {
        int code = await RunAsync(services => services.AddHostedService(provider => new Worker(_ =>
        {
            provider.GetRequiredService<HealthState>().Lane(3).Failed("window out of order");
            provider.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            return Task.CompletedTask;
        })));

        Assert.Equal(ExitCodes.Failure, code);
        Assert.Contains("lane 3: failed: window out of order", stderr.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_PortTaken_EndsWith1AndNamesIt()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        int code = await RunAsync(_ => { }, port);

        Assert.Equal(ExitCodes.Failure, code);
        Assert.Contains($"127.0.0.1:{port}", stderr.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ServiceLacksADependency_ThrowsAtOnce() =>
        Assert.Throws<AggregateException>(() => Create(services => services.AddSingleton<Needy>(), 0));

    private Task<int> RunAsync(Action<IServiceCollection> add, int port = 0, CancellationToken stop = default) =>
        DaemonHost.RunAsync(() => Create(add, port), stderr, stop);

    /// <summary>The daemon's host without the daemon's own workers.</summary>
    private static WebApplication Create(Action<IServiceCollection> add, int port)
    {
        ForecasterOptions options = Sources.Options(
            ("Http:Address", "127.0.0.1"), ("Http:Port", port.ToString(null, null)));
        return DaemonHost.Create(options, configure: builder =>
        {
            foreach (ServiceDescriptor worker in builder.Services.Where(IsOwnWorker).ToArray())
            {
                builder.Services.Remove(worker);
            }

            add(builder.Services);
        });
    }

    private static bool IsOwnWorker(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && service.ImplementationType?.Namespace?.StartsWith("Microsoft", StringComparison.Ordinal) is not true;

    private sealed class Worker(Func<CancellationToken, Task> execute) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => execute(stoppingToken);
    }

    /// <summary>Is asked to stop before it has started.</summary>
    private sealed class StoppedEarly(IHostApplicationLifetime lifetime) : IHostedService
    {
        public bool IsStopped { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            IsStopped = true;
            return Task.CompletedTask;
        }
    }

    private sealed class Needy(StringWriter missing)
    {
        public StringWriter Missing { get; } = missing;
    }
}
