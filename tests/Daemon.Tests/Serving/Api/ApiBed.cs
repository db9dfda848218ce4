using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Daemon.Tests.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Streaming.Daemon.Cli;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline.Questions;

namespace Daemon.Tests.Serving.Api;

/// <summary>The daemon's host on a real Kestrel, over one lane that has done with a log in memory and turns on.</summary>
internal sealed class ApiBed : IAsyncDisposable
{
    private readonly Pod pod;
    private readonly WebApplication app;
    private readonly Thread lane;
    private readonly TaskCompletionSource atEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ApiBed(MemoryBroker broker, ForecasterOptions options, Action<IServiceCollection> services)
    {
        pod = new Pod(broker, options);
        app = DaemonHost.Create(options, configure: builder =>
        {
            builder.Logging.ClearProviders();
            foreach (ServiceDescriptor worker in builder.Services.Where(IsOwnWorker).ToArray())
            {
                builder.Services.Remove(worker);
            }

            builder.Services.AddSingleton(new LaneFaces([pod.Face])).AddSingleton(pod.Live)
                .AddSingleton<Func<IGroupMembers>>(() => Group).AddSingleton(pod.Health)
                .AddSingleton(pod.Metrics).AddSingleton(pod.Seat).AddSingleton(pod.Versions);
            services(builder.Services);
        });
        lane = new Thread(RunLane) { IsBackground = true };
    }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>What the brokers tell of the group.</summary>
    public MemoryGroup Group { get; } = new();

    public IServiceProvider Services => app.Services;

    /// <summary>Hourly steps of some series in one partition, the first the hardest to forecast.</summary>
    public static MemoryBroker Streams(int series = 5, int steps = 120)
    {
        var broker = new MemoryBroker(1);
        var random = new Random(5);
        for (int step = 0; step < steps; step++)
        {
            for (int s = 0; s < series; s++)
            {
                double value = Math.Sin(step / 3.0) + (s == 0 ? random.NextDouble() : 0) + s;
                broker.AddEvent(0, $"e{s}", Pod.Start.AddMinutes(step), value);
            }
        }

        return broker;
    }

    /// <summary>Starts; returns once the log has been worked off.</summary>
    /// <param name="broker">The log; null: <see cref="Streams"/>.</param>
    /// <param name="with">Changes options.</param>
    /// <param name="services">Puts others in the place of services.</param>
    /// <param name="isLaneUp">Whether the lane turns at all.</param>
    public static async Task<ApiBed> StartAsync(
        MemoryBroker? broker = null, Func<ForecasterOptions, ForecasterOptions>? with = null,
        Action<IServiceCollection>? services = null, bool isLaneUp = true)
    {
        ForecasterOptions options = Pod.SmallOptions() with { Kafka = new() { BootstrapServers = "127.0.0.1:1" } };
        options = with?.Invoke(options) ?? options;
        options = options with { Http = options.Http with { Address = "127.0.0.1", Port = 0 } };
        var bed = new ApiBed(broker ?? Streams(), options, services ?? (_ => { }));
        await bed.app.StartAsync();
        bed.Http.BaseAddress = new(bed.app.Urls.Single());
        if (isLaneUp)
        {
            bed.lane.Start();
            await bed.atEnd.Task.WaitAsync(TimeSpan.FromMinutes(2));
        }

        return bed;
    }

    /// <summary>The JSON of an answer that is 200.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await Http.GetAsync(path);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The problem that an answer of some status has.</summary>
    public async Task<JsonElement> ProblemAsync(HttpStatusCode status, HttpRequestMessage request)
    {
        using HttpResponseMessage response = await Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{request.RequestUri}: {response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        JsonElement problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    public Task<JsonElement> ProblemAsync(HttpStatusCode status, string path) =>
        ProblemAsync(status, new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>What comes to a request as it goes over the wire, which a client of HTTP would bring into form first: all
    /// of it, as Latin-1; nothing where the server hangs up.</summary>
    public async Task<string> SendRawAsync(byte[] request, CancellationToken token = default)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Http.BaseAddress!.Host, Http.BaseAddress.Port, token);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(request, token);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, token);
        }
        catch (IOException)
        {
            // The server does not read a body to its end that it refuses.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>What comes to a GET of a target as it is.</summary>
    public Task<string> GetRawAsync(string target) => SendRawAsync(
        Encoding.Latin1.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));

    public async ValueTask DisposeAsync()
    {
        pod.Stop();
        if (lane.IsAlive)
        {
            lane.Join();
        }

        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        pod.Dispose();
    }

    private void RunLane() => pod.Run(poll =>
    {
        if (poll == 0)
        {
            pod.Port.Assign([.. Enumerable.Range(0, pod.Broker.Partitions)]);
        }
        else if (pod.Port.IsAtEnd && pod.Lane.Opening.Count == 0)
        {
            atEnd.TrySetResult();
            Thread.Sleep(1); // nothing waits for it: it keeps a core free
        }

        pod.DueCommit();
    });

    private static bool IsOwnWorker(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && service.ImplementationType?.Namespace?.StartsWith("Microsoft", StringComparison.Ordinal) is not true;
}
