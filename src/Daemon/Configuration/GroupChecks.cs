using System.Text;
using Streaming.Daemon.Decoding;
using Streaming.Inference.Experts;

namespace Streaming.Daemon.Configuration;

/// <summary>The members of a group share their settings, and are in no other group.</summary>
internal static class GroupChecks
{
    /// <summary>Members of all groups: what is kept of them is part of every marker.</summary>
    private const int MostInAll = 256;

    public static IEnumerable<ConfigurationError> Check(ForecasterOptions options)
    {
        if (options.Groups.Count == 0 || ConfigurationValidator.Section(options, "").Any() || RuleChecks.Check(options).Any())
        {
            return [];
        }

        int members = options.Groups.Sum(group => group.Members.Count);
        IEnumerable<ConfigurationError> tooMany = members <= MostInAll ? []
            : [new("Groups", $"all groups may have {MostInAll} members together, but have {members}")];
        var rules = new RuleBook(options with { Groups = [] });
        var known = new HashSet<string>(StringComparer.Ordinal);
        return [.. tooMany, .. options.Groups.SelectMany((group, i) => Check(group, i, rules, known))];
    }

    private static IEnumerable<ConfigurationError> Check(
        GroupOptions group, int index, RuleBook rules, HashSet<string> known)
    {
        SeriesKind shared = rules.Resolve(group.Members[0]);
        for (int place = 0; place < group.Members.Count; place++)
        {
            string id = group.Members[place], key = $"Groups:{index}:Members:{place}";
            if (id.Length == 0 || Encoding.UTF8.GetByteCount(id) > ObservationList.MaxIdBytes)
            {
                yield return new(key, $"must be a series id of 1 to {ObservationList.MaxIdBytes} bytes");
            }
            else if (!known.Add(id))
            {
                yield return new(key, $"'{id}' is a member already");
            }
            else if (rules.Resolve(id).Index != shared.Index)
            {
                yield return new(key, $"'{id}' and '{group.Members[0]}' must be under the same rule, or both under none");
            }
            else if (!rules.Takes(id))
            {
                yield return new(key, $"'{id}' would never be there: Input:Include and Input:Exclude leave it out");
            }
        }

        if (shared.Profile.IsEventMode)
        {
            yield return new($"Groups:{index}", "events have no common steps: its series need a Step");
        }
        else if (shared.Profile.Experts != ExpertProfile.Accuracy)
        {
            yield return new($"Groups:{index}", "its series need Profile accuracy, whose experts look at groups");
        }
    }
}
