namespace Integration.Harness;

/// <summary>Judges what a deployment has published.</summary>
internal static class Published
{
    /// <summary>Every forecast that is due is there once, in the order of the log, and nothing else.</summary>
    public static void OnceEach(IReadOnlyList<Forecast> due, IReadOnlyList<KafkaMessage> messages)
    {
        Assert.NotEmpty(due);
        Assert.Equal(ByPartition(due, f => f.Partition), ByPartition(messages, m => m.Partition).Select(Forecast.Read));
    }

    /// <summary>Every forecast that is due is there at least once; one that is there twice has the same bytes.
    /// </summary>
    /// <returns>The messages, each once, in the order of the log.</returns>
    public static IReadOnlyList<KafkaMessage> AtLeastOnceEach(
        IReadOnlyList<Forecast> due, IReadOnlyList<KafkaMessage> messages)
    {
        KafkaMessage[] distinct =
        [
            .. messages.DistinctBy(message => message.ValueText).OrderBy(message => Forecast.Read(message).Offset),
        ];
        OnceEach([.. due.OrderBy(forecast => forecast.Offset)], distinct);
        return distinct;
    }

    /// <summary>Two deployments have published the same bytes, in the same order in each partition.</summary>
    public static void Same(IReadOnlyList<KafkaMessage> expected, IReadOnlyList<KafkaMessage> actual) => Assert.Equal(
        ByPartition(expected, m => m.Partition).Select(m => $"{m.Partition} {m.KeyText} {m.ValueText}"),
        ByPartition(actual, m => m.Partition).Select(m => $"{m.Partition} {m.KeyText} {m.ValueText}"));

    private static IEnumerable<T> ByPartition<T>(IEnumerable<T> all, Func<T, int> partition) => all.OrderBy(partition);
}
