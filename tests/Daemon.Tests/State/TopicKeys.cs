using Streaming.Daemon.State;

namespace Daemon.Tests.State;

/// <summary>Keys of a partition of the state topic, the last record of each counting; all in hexadecimal, in order.</summary>
internal static class TopicKeys
{
    /// <summary>What follows the kind in the keys of a kind that are not null.</summary>
    public static IEnumerable<string> Live(IEnumerable<(byte[] Key, byte[] Value)> topic, StateKind kind) =>
        topic.Where(record => record.Key[0] == (byte)kind).GroupBy(record => Convert.ToHexString(record.Key.AsSpan(1)))
            .Where(key => key.Last().Value.Length > 0).Select(key => key.Key).Order();

    /// <summary>What follows the kind in the keys of all parts that records of series name.</summary>
    public static IEnumerable<string> NamedParts(IEnumerable<(byte[] Key, byte[] Value)> topic) =>
        topic.Where(record => record.Key[0] == (byte)StateKind.Unit).GroupBy(record => Convert.ToHexString(record.Key.AsSpan(1)))
            .Select(key => (Id: key.Key, key.Last().Value))
            .Where(unit => unit.Value.Length > 0 && StateEnvelope.IsDivided(unit.Value))
            .SelectMany(unit =>
            {
                Division division = PartsRecord.Read(unit.Value.AsSpan(1)).Division;
                return Enumerable.Range(0, division.Count).Select(i => $"{division.NumberOf(i):X2}{unit.Id}");
            }).Order();
}
