using System.Buffers;
using Confluent.Kafka;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.State;

namespace Integration.Harness;

/// <summary>A deployment that reads the input of another in one run of one process, under the same versions from the same
/// offsets on: what the other must have published and stored.</summary>
internal static class Retelling
{
    /// <returns>What it published, and what it stored.</returns>
    public static async Task<(IReadOnlyList<KafkaMessage> Forecasts, StoredState State)> OfAsync(
        Deployment original, StoredState told, int due, params (string Key, string Value)[] settings)
    {
        Deployment deployment = await Deployment.CreateAsync(original.Cluster, sameInput: original);
        CopyVersions(original, deployment);
        TellAdoptions(deployment, told);
        using var forecasts = new TopicReader(deployment.Cluster, deployment.Output, deployment.PartitionCount);
        await using DaemonProcess daemon = deployment.Start(settings);
        forecasts.ReadUntil(due, daemon);
        Assert.Equal(0, await daemon.StopAsync());
        return (forecasts.ReadToEnd(), StoredState.Read(deployment));
    }

    private static void CopyVersions(Deployment from, Deployment to)
    {
        using var versions = new TopicReader(from.Cluster, from.Models, partitionCount: 1);
        Send(to, versions.ReadToEnd().Select(version => (to.Models, 0, version.Key!, version.Value)));
    }

    /// <summary>Markers before the first record, which know what will be adopted.</summary>
    private static void TellAdoptions(Deployment deployment, StoredState told) => Send(
        deployment,
        told.Adoptions.Select(partition => (deployment.State, partition.Key, StateKey.Marker.ToArray(),
            (byte[]?)MarkerOf(deployment, partition.Key, partition.Value, told.Era))));

    private static byte[] MarkerOf(Deployment deployment, int partition, List<Adoption> adoptions, Era era)
    {
        var envelope = new StateEnvelope(partition);
        IBufferWriter<byte> content = envelope.Begin();
        MarkerCodec.Write(
            new Marker
            {
                Application = deployment.Application,
                Cluster = "",
                InputTopic = "",
                Era = era,
                Committed = 0,
                LiveFrom = 0,
                LowWater = TaskSnapshot.BeforeAll() with { Offset = 0 },
                Skipped = [],
                LateRecords = 0,
                Delivery = DeliveryMode.ExactlyOnce,
                Adoptions = adoptions,
            },
            content);
        return envelope.Seal(StateKey.Marker).ToArray();
    }

    private static void Send(
        Deployment deployment, IEnumerable<(string Topic, int Partition, byte[] Key, byte[]? Value)> messages)
    {
        using IProducer<byte[], byte[]?> producer = new ProducerBuilder<byte[], byte[]?>(new ProducerConfig
        {
            BootstrapServers = deployment.Cluster.BootstrapServers,
            EnableIdempotence = true,
            MessageMaxBytes = 4_000_000,
        }).SetLogHandler((_, _) => { }).Build();
        foreach ((string topic, int partition, byte[] key, byte[]? value) in messages)
        {
            producer.Produce(new TopicPartition(topic, partition), new() { Key = key, Value = value });
        }

        Assert.Equal(0, producer.Flush(Patience.Limit));
    }
}
