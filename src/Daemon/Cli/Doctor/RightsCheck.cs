using Confluent.Kafka.Admin;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Whether the daemon's user may do what the daemon does.</summary>
internal static class RightsCheck
{
    private const string Name = "rights";

    /// <param name="place">A topic, or a group with the word before it.</param>
    /// <param name="resource">As kafka-acls.sh names it: --topic NAME or --group NAME.</param>
    /// <param name="needed">What must be allowed.</param>
    /// <param name="told">What is; null where the brokers don't tell.</param>
    public static Symptom Look(
        string place, string resource, IReadOnlyList<AclOperation> needed, IReadOnlySet<AclOperation>? told)
    {
        if (told is null)
        {
            return Symptom.Unknown(Name, place, "the brokers don't tell what this user may do");
        }

        AclOperation[] missing = [.. needed.Where(one => !told.Contains(one) && !told.Contains(AclOperation.All))];
        return missing.Length == 0
            ? new(Verdict.Ok, Name, place, $"this user may {Text(needed)}")
            : new(
                Verdict.Problem, Name, place, $"this user may not {Text(missing)}",
                "Allow it: kafka-acls.sh --add --allow-principal User:NAME "
                + string.Concat(missing.Select(one => $"--operation {one} ")) + resource);
    }

    private static string Text(IEnumerable<AclOperation> operations) =>
        string.Join(" and ", operations.Select(one => $"{one}".ToLowerInvariant()));
}
