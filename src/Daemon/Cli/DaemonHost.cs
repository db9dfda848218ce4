using System.Net;
using Microsoft.Extensions.Logging.Console;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Serving;
using Streaming.Daemon.Serving.Api;
using Streaming.Daemon.Serving.Dashboard;

namespace Streaming.Daemon.Cli;

/// <summary>The generic host of the daemon, with Kestrel for metrics and health.</summary>
internal static class DaemonHost
{
    /// <summary>Time a stop may take: last commit, leaving the group. Keep a pod's grace period above it.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(25);

    /// <summary>Builds the host; nothing is started and Kafka is not touched.</summary>
    /// <param name="options">Options that passed validation.</param>
    /// <param name="settings">Holds the Logging section; null for the default levels.</param>
    /// <param name="configure">Last word on the host: further services, or others in the place of ours.</param>
    /// <exception cref="AggregateException">A service lacks something it needs.</exception>
    public static WebApplication Create(
        ForecasterOptions options, IConfiguration? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

        // What the builder has read by itself (ASPNETCORE_URLS, appsettings.json) did not pass our validation.
        builder.Configuration.Sources.Clear();
        builder.Host.UseDefaultServiceProvider(provider =>
        {
            provider.ValidateOnBuild = true;
            provider.ValidateScopes = true;
        });
        AddLogging(builder.Logging, settings);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limit();
            kestrel.Listen(IPAddress.Parse(options.Http.Address), options.Http.Port);
        });
        builder.Services.AddForecaster(options);
        configure?.Invoke(builder);

        WebApplication host = builder.Build();
        host.UseApi();
        host.MapForecasterEndpoints();
        host.MapApi();
        host.MapDashboard();
        return host;
    }

    /// <summary>Runs a host until it is told to stop, and disposes it.</summary>
    /// <param name="create">Builds the host; what it throws counts as a failure to start.</param>
    /// <param name="stderr">Gets the reason of a failure.</param>
    /// <param name="stop">Stops the host; so do SIGTERM and SIGINT.</param>
    /// <returns>
    /// <see cref="ExitCodes.Failure"/> where the host did not start, a background service faulted or a lane failed:
    /// a host stopped by a fault would otherwise end like one that was asked to.
    /// </returns>
    public static async Task<int> RunAsync(Func<WebApplication> create, TextWriter stderr, CancellationToken stop)
    {
        try
        {
            await using WebApplication host = create();
            HealthState health = host.Services.GetRequiredService<HealthState>();
            BackgroundService[] workers = [.. host.Services.GetServices<IHostedService>().OfType<BackgroundService>()];
            await RunToEndAsync(host, stop);

            string[] faults =
            [
                .. workers.Select(worker => worker.ExecuteTask?.Exception?.GetBaseException().Message).OfType<string>(),
                .. health.Failures(),
            ];
            foreach (string fault in faults)
            {
                await stderr.WriteLineAsync($"forecaster: {fault}");
            }

            return faults.Length == 0 ? ExitCodes.Ok : ExitCodes.Failure;
        }
        catch (Exception e)
        {
            // The host has logged it with its stack where logging was up; this line is for who started the process.
            await stderr.WriteLineAsync($"forecaster: {e.Message}");
            return ExitCodes.Failure;
        }
    }

    /// <remarks>A stop may come while the host still starts: what has started is stopped in order, too.</remarks>
    private static async Task RunToEndAsync(WebApplication host, CancellationToken stop)
    {
        try
        {
            await host.StartAsync(stop);
            await host.WaitForShutdownAsync(stop);
        }
        catch (OperationCanceledException)
            when (stop.IsCancellationRequested || host.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static void AddLogging(ILoggingBuilder logging, IConfiguration? settings)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        if (settings is not null)
        {
            logging.AddConfiguration(settings.GetSection("Logging"));
        }

        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.ColorBehavior = LoggerColorBehavior.Default;
        });
    }
}
