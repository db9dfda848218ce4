using System.Text;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Which labels go into the id of a series, by their names. Immutable and thread-safe.</summary>
internal sealed class LabelFilter
{
    private const int MaxNameChars = ObservationList.MaxIdBytes + 1; // a longer name does not fit into an id

    private readonly Glob[] keep;
    private readonly Glob[] drop;

    public LabelFilter(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        keep = [.. options.KeepLabels.Select(pattern => new Glob(pattern))];
        drop = [.. options.DropLabels.Select(pattern => new Glob(pattern))];
    }

    /// <summary>Whether a label is kept: no pattern drops it, and one keeps it or there is none to keep.</summary>
    /// <param name="label">Its name, UTF-8; of a longer one the first 513 bytes count.</param>
    public bool Keeps(ReadOnlySpan<byte> label) => keep.Length + drop.Length == 0 || IsChosen(label);

    /// <remarks>Apart from the common case, which need not clear its room.</remarks>
    private bool IsChosen(ReadOnlySpan<byte> label)
    {
        Span<char> room = stackalloc char[MaxNameChars];
        ReadOnlySpan<char> name = room[..Encoding.UTF8.GetChars(label[..Math.Min(label.Length, MaxNameChars)], room)];
        return !IsAny(drop, name) && (keep.Length == 0 || IsAny(keep, name));
    }

    private static bool IsAny(Glob[] patterns, ReadOnlySpan<char> name)
    {
        foreach (Glob pattern in patterns)
        {
            if (pattern.IsMatch(name))
            {
                return true;
            }
        }

        return false;
    }
}
