using System.Text;
using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.Configuration;

/// <summary>Which group a series is in. Immutable and thread-safe; looking up allocates nothing.</summary>
internal sealed class GroupBook
{
    private readonly Dictionary<byte[], (int Group, int Place)> places = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], (int Group, int Place)>.AlternateLookup<ReadOnlySpan<byte>> byId;
    private readonly byte[][] firsts;

    /// <param name="groups">Groups that passed validation.</param>
    public GroupBook(IReadOnlyList<GroupOptions> groups)
    {
        for (int group = 0; group < groups.Count; group++)
        {
            for (int place = 0; place < groups[group].Members.Count; place++)
            {
                places.Add(Encoding.UTF8.GetBytes(groups[group].Members[place]), (group, place));
            }
        }

        byId = places.GetAlternateLookup<ReadOnlySpan<byte>>();
        firsts = [.. groups.Select(group => Encoding.UTF8.GetBytes(group.Members[0]))];
    }

    /// <summary>Whether there are groups at all.</summary>
    public bool IsEmpty => places.Count == 0;

    /// <summary>Number of a series' group and its place in it; null: it is in none.</summary>
    public (int Group, int Place)? Find(ReadOnlySpan<byte> id) =>
        places.Count > 0 && byId.TryGetValue(id, out (int Group, int Place) found) ? found : null;

    /// <summary>The key by which a series gets its partition: its id, or that of its group's first member, so that a group
    /// is in one.</summary>
    public ReadOnlySpan<byte> PartitionKeyOf(ReadOnlySpan<byte> id) => Find(id) is { } found ? firsts[found.Group] : id;
}
