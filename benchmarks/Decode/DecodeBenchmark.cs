using System.Globalization;
using System.Text;
using System.Text.Json;
using Benchmarks.Step;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Benchmarks.Decode;

/// <summary>Time and garbage of decoding one record of about 100 bytes, each format by itself and recognized, beside
/// System.Text.Json in the same rounds.</summary>
internal static class DecodeBenchmark
{
    private const string Peers = "System.Text.Json";
    private const int WarmUpRounds = 5;
    private const int WarmUpCalls = 2_000;
    private const int AllocationCalls = 1_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly (InputFormat Format, string Record)[] Records =
    [
        (InputFormat.Json,
            """{"series":"ec2_cpu_utilization_24ae8d/host-17","time":"2023-11-14T22:13:20Z","value":91.2831,"unit":"%"}"""),
        (InputFormat.Influx,
            "cpu,cpu=cpu-total,host=web-17,region=eu-west-1 usage_idle=91.2831,usage_user=4i 1700000000000000000"),
        (InputFormat.TelegrafJson,
            """{"fields":{"usage_idle":91.2831},"name":"cpu","tags":{"cpu":"total","host":"web-17"},"timestamp":1700000000}"""),
        (InputFormat.Prometheus,
            """{"timestamp":"2023-11-14T22:13:20Z","value":"91.2831","name":"up","labels":{"__name__":"up","job":"x"}}"""),
        (InputFormat.Vector,
            """{"name":"load","tags":{"h":"a"},"timestamp":"2023-11-14T22:13:20Z","kind":"absolute","gauge":{"value":91.2}}"""),
        (InputFormat.Debezium,
            """{"before":null,"after":{"series":17,"value":20.5},"source":{"ts_ms":1700000000000},"op":"c","ts_ms":2}"""),
        (InputFormat.OtlpJson,
            """{"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},"scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":[{"asDouble":10,"timeUnixNano":"1544712660300000000"}]}}]}]}]}"""),
        (InputFormat.OtlpProto, // as ASCII: an attribute service.name, a gauge of one integer
            "\n=\n\u0018\n\u0016\n\u000cservice.name\u0012\u0006\n\u0004shop\u0012!\u0012\u001f\n\u0007latency*\u0014\n\u0012"
                + "\u0019\0\0\0\0\0\0@\u00151\u0001\0\0\0\0\0\0\0"),
        (InputFormat.CloudEvents,
            """{"specversion":"1.0","id":"1","type":"t","source":"/s","data":{"series":"a","time":1700000000,"value":91.2}}"""),
        (InputFormat.Csv,
            "ec2_cpu_utilization_24ae8d/host-17.eu-west-1.example,2023-11-14T22:13:20Z,91.2831,percent,a remark, and more"),
    ];

    public static int Run(string[] args)
    {
        bool isJson = args.Contains("--json");
        if (args.Any(argument => argument != "--json"))
        {
            Console.Error.WriteLine("Usage: benchmarks decode [--json]");
            return 2;
        }

        (string Name, int Bytes, Action Run)[] competitors = [.. Records.SelectMany(Competitors), PeerOf(Records[0].Record)];
        WarmUp(competitors.Select(competitor => competitor.Run));
        double[] ns = Interleaved.Medians([.. competitors.Select(competitor => competitor.Run)]);
        DecodeResult[] results =
        [
            .. competitors.Select((competitor, i) => new DecodeResult(
                competitor.Name, Math.Round(ns[i], 1), competitor.Bytes, Allocated(competitor.Run))),
        ];
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, Json));
        }
        else
        {
            Print(results);
        }

        return 0;
    }

    private static IEnumerable<(string Name, int Bytes, Action Run)> Competitors((InputFormat Format, string Record) entry)
    {
        byte[] record = Encoding.UTF8.GetBytes(entry.Record);
        string name = OptionNames.Of(entry.Format);
        yield return (name, record.Length, Decoding(entry.Format, record));
        if (entry.Format != InputFormat.Csv)
        {
            yield return ($"auto/{name}", record.Length, Decoding(InputFormat.Auto, record));
        }
    }

    private static Action Decoding(InputFormat format, byte[] record)
    {
        var decoder = new RecordDecoder(new InputOptions { Format = format });
        return () =>
        {
            if (decoder.Decode(new() { Value = record }) != RejectReason.None)
            {
                throw new InvalidOperationException($"{format} refused its record.");
            }
        };
    }

    private static (string Name, int Bytes, Action Run) PeerOf(string json)
    {
        byte[] record = Encoding.UTF8.GetBytes(json);
        return (Peers, record.Length, () => Peer.Read(record));
    }

    /// <summary>Runs until the runtime has compiled everything at its best: it does so in the background, in steps.
    /// </summary>
    private static void WarmUp(IEnumerable<Action> competitors)
    {
        for (int round = 0; round < WarmUpRounds; round++)
        {
            foreach (Action competitor in competitors)
            {
                for (int call = 0; call < WarmUpCalls; call++)
                {
                    competitor();
                }
            }

            Thread.Sleep(200);
        }
    }

    private static double Allocated(Action run)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < AllocationCalls; call++)
        {
            run();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / AllocationCalls;
    }

    private static void Print(DecodeResult[] results)
    {
        double peer = results[^1].NsPerRecord;
        Console.WriteLine("format                  bytes   ns/record  allocated  System.Text.Json/ours");
        foreach (DecodeResult result in results)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Format,-20} {result.BytesPerRecord,8} {result.NsPerRecord,11:F1} {result.AllocatedBytes,10}"
                    + $" {peer / result.NsPerRecord,22:F2}"));
        }
    }
}
