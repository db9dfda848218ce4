using System.Text;

namespace Integration.Harness;

/// <summary>A message read from a topic.</summary>
internal sealed record KafkaMessage(
    int Partition, long Offset, byte[]? Key, byte[]? Value, IReadOnlyDictionary<string, string> Headers)
{
    public string KeyText => Key is null ? "" : Encoding.UTF8.GetString(Key);

    public string ValueText => Value is null ? "" : Encoding.UTF8.GetString(Value);
}
