using System.Globalization;
using System.Text;
using Integration.Harness;

namespace Integration;

/// <summary>Records that can't be used, among records that can.</summary>
public sealed class BadInputTests : IDisposable
{
    private const int DeadKeyBytes = 4_096, DeadValueBytes = 524_288;

    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task Run_BadRecordsAmongGood_AreDeadLettersAndLeaveTheRestUntouched()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        IReadOnlyList<NabEvent> good = NabSeries.Interleaved(streams: 3, rows: 200);
        (string Reason, byte[]? Key, byte[]? Value)[] bad = [.. BadRecords()];
        using var sender = new EventSender(cluster, deployment.Input);
        await using DaemonProcess daemon = deployment.Start();

        for (int i = 0; i < good.Count; i++)
        {
            sender.Send(good[i]);
            if (i % 20 == 19 && i / 20 < bad.Length)
            {
                sender.Send(bad[i / 20].Key, bad[i / 20].Value);
            }
        }

        sender.Flush();
        using var input = new TopicReader(cluster, deployment.Input);
        ILookup<bool, KafkaMessage> log = input.ReadToEnd().ToLookup(message => bad.Any(b => IsSame(b, message)));
        IReadOnlyList<Forecast> due = DueForecasts.Of(deployment.Input, log[false]);
        using var forecasts = new TopicReader(cluster, deployment.Output);
        forecasts.ReadUntil(due.Count, daemon);
        using var deadLetters = new TopicReader(cluster, deployment.DeadLetters);
        deadLetters.ReadUntil(bad.Length, daemon);
        Assert.Equal(0, await daemon.StopAsync());

        Published.OnceEach(due, forecasts.ReadToEnd());
        Assert.Equal(bad.Length, deadLetters.ReadToEnd().Count);
        foreach (KafkaMessage refused in log[true])
        {
            KafkaMessage letter = Assert.Single(deadLetters.Messages, letter => Origin(letter) == Place(refused));
            Assert.Equal(bad.Single(b => IsSame(b, refused)).Reason, letter.Headers["forecaster_reason"]);
            Assert.Equal(deployment.Input, letter.Headers["forecaster_topic"]);
            Assert.NotEmpty(letter.Headers["forecaster_detail"]);
            Assert.Equal(
                (refused.Value?.Length ?? 0).ToString(CultureInfo.InvariantCulture), letter.Headers["forecaster_size"]);
            Assert.Equal(refused.Key?.Take(DeadKeyBytes), letter.Key);
            Assert.Equal(refused.Value?.Take(DeadValueBytes), letter.Value);
        }
    }

    private static IEnumerable<(string Reason, byte[]? Key, byte[]? Value)> BadRecords()
    {
        byte[] key = Utf8("bad");
        const string Time = "\"time\":\"2014-07-01T00:00:00Z\"", Series = "\"series\":\"bad\"", Value = "\"value\":1";
        string tomorrow = DateTime.UtcNow.AddDays(1).ToString("O", CultureInfo.InvariantCulture);
        yield return ("not-json", key, Utf8("{oops"));
        yield return ("not-json", key, Utf8(new string('x', 900_000)));
        yield return ("missing-series", key, Utf8($"{{{Time},{Value}}}"));
        yield return ("missing-time", key, Utf8($"{{{Series},{Value}}}"));
        yield return ("missing-value", key, Utf8($"{{{Series},{Time}}}"));
        yield return ("not-finite", key, Utf8($"{{{Series},{Time},\"value\":NaN}}"));
        yield return ("not-finite", key, Utf8($"{{{Series},{Time},\"value\":1e999}}"));
        yield return ("bad-value", key, Utf8($"{{{Series},{Time},\"value\":\"much\"}}"));
        yield return ("bad-time", key, Utf8($"{{{Series},\"time\":\"noon\",{Value}}}"));
        yield return ("absurd-time", key, Utf8($"{{{Series},\"time\":\"9999-01-01T00:00:00Z\",{Value}}}"));
        yield return ("empty-series", key, Utf8($"{{\"series\":\"\",{Time},{Value}}}"));
        yield return ("series-too-long", key, Utf8($"{{\"series\":\"{new string('s', 513)}\",{Time},{Value}}}"));
        yield return ("empty-key", [], Utf8($"{{{Series},{Time},{Value}}}"));
        yield return ("key-too-long", Utf8(new string('k', 1_000_000)), Utf8($"{{{Series},{Time},{Value}}}"));
        yield return ("empty-value", Utf8(NabSeries.Taxi), null);
        yield return ("empty-value", null, null);
        yield return ("bad-utf8", key, [.. Utf8("{\"series\":\""), 0xFF, .. Utf8($"\",{Time},{Value}}}")]);
        yield return ("too-deep", key, Utf8(new string('[', 100)));
        yield return ("late", Utf8(NabSeries.Taxi), Utf8($"{{\"series\":\"{NabSeries.Taxi}\",{Time},{Value}}}"));
        yield return (
            "future", Utf8(NabSeries.Taxi),
            Utf8($"{{\"series\":\"{NabSeries.Taxi}\",\"time\":\"{tomorrow}\",{Value}}}"));
    }

    private static bool IsSame((string Reason, byte[]? Key, byte[]? Value) bad, KafkaMessage message) =>
        AreSame(bad.Key, message.Key) && AreSame(bad.Value, message.Value);

    private static bool AreSame(byte[]? one, byte[]? other) =>
        one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);

    private static string Origin(KafkaMessage letter) =>
        $"{letter.Headers["forecaster_partition"]}/{letter.Headers["forecaster_offset"]}";

    private static string Place(KafkaMessage message) => $"{message.Partition}/{message.Offset}";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
