using System.Net;
using System.Net.Sockets;
using System.Text;
using Streaming.Daemon.Configuration;
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
