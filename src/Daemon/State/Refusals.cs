using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.State;

/// <summary>Records of a partition of the state topic that are whole, but not to be gone on with, by key: what follows a
/// record under its key, a null included, takes it out of force.</summary>
internal sealed class Refusals(int partition)
{
    private const byte OtherStructure = 0; // no form has this number

    private readonly Dictionary<byte[], byte> forms = new(Utf8Comparer.Instance);

    /// <summary>Why the partition is refused, by all that was read so far; null where it is not.</summary>
    public StateRefusedException? InForce
    {
        get
        {
            foreach (byte form in forms.Values)
            {
                return form == OtherStructure
                    ? StateRefusedException.OfStructure(partition)
                    : StateRefusedException.OfForm(partition, form);
            }

            return null;
        }
    }

    /// <summary>A record follows.</summary>
    public void Lift(ReadOnlySpan<byte> key)
    {
        if (forms.Count > 0)
        {
            forms.Remove(key.ToArray());
        }
    }

    /// <summary>A record is of a form that is not known.</summary>
    public void AddForm(ReadOnlySpan<byte> key, byte form) => forms[key.ToArray()] = form;

    /// <summary>A record was written under options that give state another form.</summary>
    public void AddStructure(ReadOnlySpan<byte> key) => forms[key.ToArray()] = OtherStructure;
}
