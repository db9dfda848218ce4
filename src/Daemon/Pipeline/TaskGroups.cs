using System.Buffers;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.State;
using Streaming.Inference.Experts;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Daemon.Pipeline;

/// <summary>The groups of one task, those of its members that are in its partition being heard.</summary>
/// <remarks>They hear every observation that is admitted, also in a replay those that are done for their series: what they
/// remember is as of the record that is being read, like stream time, and part of the task's snapshot.</remarks>
internal sealed class TaskGroups
{
    private readonly GroupBook members;
    private readonly SeriesGroup[] groups;
    private readonly ulong[] forms; // of each group

    /// <param name="rules">Which groups there are, and their kinds.</param>
    public TaskGroups(RuleBook rules)
    {
        members = rules.Members;
        SeriesKind[] kinds = [.. rules.Kinds.Where(kind => kind.Group is not null)];
        groups = [.. kinds.Select(kind => new SeriesGroup(
            kind.Profile, [.. kind.Group!.Members.Select(id => ValueKinds.OfName(id))]))];
        forms = [.. kinds.Select(kind => SeriesForm.Of(kind))];
    }

    /// <summary>All of them, in the order of the configuration.</summary>
    public IReadOnlyList<SeriesGroup> All => groups;

    /// <summary>Puts a series into its group, if it has one.</summary>
    public void Join(ReadOnlySpan<byte> id, SeriesState series)
    {
        if (members.Find(id) is { } found)
        {
            groups[found.Group].Join(found.Place, series);
        }
    }

    /// <summary>Takes an observation, before intake does.</summary>
    public void Note(in Observation observation)
    {
        if (members.Find(observation.SeriesId) is { } found)
        {
            groups[found.Group].Note(
                found.Place,
                new(observation.TimeTicks, observation.Value, observation.Kind, observation.StartTicks));
        }
    }

    /// <summary>All that those remember that have heard anything; empty where none has.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        var all = new ArrayBufferWriter<byte>();
        for (int i = 0; i < groups.Length; i++)
        {
            if (groups[i].HeardCount > 0)
            {
                var one = new ArrayBufferWriter<byte>();
                groups[i].WriteTo(new StateWriter(one));
                var writer = new StateWriter(all);
                writer.Write(forms[i]);
                writer.Write(one.WrittenCount);
                writer.Write(one.WrittenSpan);
            }
        }

        return all.WrittenMemory;
    }

    /// <summary>Remembers what was written; a group whose members or rule have changed since begins anew.</summary>
    /// <exception cref="InvalidDataException">It was written by something else.</exception>
    public void Read(ReadOnlySpan<byte> written)
    {
        var reader = new StateReader(written);
        while (reader.Left > 0)
        {
            int group = Array.IndexOf(forms, reader.Read<ulong>());
            var own = new StateReader(reader.Take(reader.ReadCount(reader.Left)));
            if (group >= 0)
            {
                groups[group].ReadFrom(ref own);
                own.End();
            }
        }
    }
}
