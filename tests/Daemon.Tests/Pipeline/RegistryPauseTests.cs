using System.Net;
using System.Net.Sockets;
using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Serving;

namespace Daemon.Tests.Pipeline;

public sealed class RegistryPauseTests
{
    private const string Answer =
        """{"schema":"{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"series\",\"type\":\"string\"},{\"name\":\"time\",\"type\":\"string\"},{\"name\":\"value\",\"type\":\"string\"}]}"}""";

    /// <summary>A registry that is away must cost time and nothing else.</summary>
    [Fact]
    public async Task Run_RegistryAwayAtFirst_WaitsAndRefusesNothing()
    {
        using HttpListener registry = Listen(out string address);
        ForecasterOptions options = Pod.SmallOptions() with
        {
            Input = new() { Format = InputFormat.Avro, Schema = new() { RegistryUrl = address } },
        };
        var broker = new MemoryBroker(1);
        broker.Add(0, "e", Framed("e/1", "2026-03-01T00:00:00Z", "1"), MemoryBroker.Ms(Pod.Start));
        broker.Add(0, "e", Framed("e/1", "2026-03-01T00:00:01Z", "2"), MemoryBroker.Ms(Pod.Start));
        using var pod = new Pod(broker, options);
        var phases = new List<LanePhase>();
        Task serving = Task.Run(() =>
        {
            for (int request = 0; request < 3; request++)
            {
                HttpListenerContext context = registry.GetContext();
                phases.Add(pod.Health.Lane(0).State.Phase);
                context.Response.StatusCode = request < 2 ? 503 : 200;
                context.Response.Close(Encoding.UTF8.GetBytes(Answer), willBlock: true);
            }
        });

        pod.RunToEnd();
        await serving;

        Assert.Equal([LanePhase.Waiting, LanePhase.Waiting], phases[1..]);
        Assert.Empty(broker.DeadLetters);
        Assert.Equal(2, broker.Forecasts.Count());
        Assert.Equal(2, broker.Committed[0]);
    }

    /// <summary>A process that is ended while its record waits for a registry must not blame the record.</summary>
    [Fact]
    public async Task Run_RegistryAwayWithARecordInHand_PutsItDownMeanwhile()
    {
        using HttpListener registry = Listen(out string address);
        ForecasterOptions options = Pod.SmallOptions() with
        {
            Input = new() { Format = InputFormat.Avro, Schema = new() { RegistryUrl = address } },
        };
        var broker = new MemoryBroker(1);
        broker.Add(0, "e", Framed("e/1", "2026-03-01T00:00:00Z", "1"), MemoryBroker.Ms(Pod.Start));
        broker.Committed[0] = 0;
        broker.Notes[0] = Encoding.UTF8.GetBytes($"start 2 at 0 of {DaemonVersion.Text}");
        using var pod = new Pod(broker, options);
        List<(long Offset, bool IsTaking)> said = [];
        pod.Port.Committing = next => said.Add((next[0].Offset, next[0].Attempt?.IsTaking ?? false));
        Task serving = Task.Run(() =>
        {
            for (int request = 0; request < 2; request++)
            {
                HttpListenerContext context = registry.GetContext();
                context.Response.StatusCode = request < 1 ? 503 : 200;
                context.Response.Close(Encoding.UTF8.GetBytes(Answer), willBlock: true);
            }
        });

        pod.RunToEnd();
        await serving;

        Assert.Equal(
            [(0, false), (0, true), (0, false), (0, true), (1, false), (1, false), (1, false)], said); // the stop stores first
    }

    /// <summary>A stop need not wait for the registry: what comes before the record is committed, the rest
    /// kept.</summary>
    [Fact]
    public async Task Run_StopWhileRegistryIsAway_LeavesTheRecordToTheNextOwner()
    {
        using HttpListener registry = Listen(out string address);
        ForecasterOptions options = Pod.SmallOptions() with
        {
            Input = new() { Format = InputFormat.Avro, Schema = new() { RegistryUrl = address } },
        };
        var broker = new MemoryBroker(1);
        broker.Add(0, "e", Framed("e/1", "2026-03-01T00:00:00Z", "1"), MemoryBroker.Ms(Pod.Start));
        broker.Add(0, "e", "\0\0\0\0\u0002x", MemoryBroker.Ms(Pod.Start)); // of another schema
        using var pod = new Pod(broker, options);
        Task serving = Task.Run(() =>
        {
            for (int request = 0; request < 2; request++)
            {
                HttpListenerContext context = registry.GetContext();
                if (request > 0)
                {
                    context.Response.StatusCode = 503;
                    pod.Stop();
                }

                context.Response.Close(Encoding.UTF8.GetBytes(Answer), willBlock: true);
            }
        });

        pod.RunToEnd();
        await serving;

        Assert.True(pod.Port.IsClosed);
        Assert.Single(broker.Forecasts);
        Assert.Empty(broker.DeadLetters);
        Assert.Equal(1, broker.Committed[0]);
        Assert.Equal("begun with 1", Encoding.UTF8.GetString(broker.Notes[0]));
    }

    private static HttpListener Listen(out string address)
    {
        while (true)
        {
            using var finder = new TcpListener(IPAddress.Loopback, 0);
            finder.Start();
            address = $"http://127.0.0.1:{((IPEndPoint)finder.LocalEndpoint).Port}/";
            finder.Stop();
            var listener = new HttpListener { Prefixes = { address } };
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException)
            {
                // another process was faster: the next port
            }
        }
    }

    /// <summary>Confluent's frame, and each text behind its length.</summary>
    private static string Framed(params string[] texts) =>
        "\0\0\0\0\u0001" + string.Concat(texts.Select(text => (char)(2 * text.Length) + text));
}
