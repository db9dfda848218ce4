namespace Streaming.Daemon.Configuration;

/// <summary>A selector on series ids: a pattern on the whole id, or on its name and some of its labels.</summary>
/// <remarks>
/// <c>name{host=web*,job=api}</c> takes every id whose name and these labels match, whatever other labels it has, in
/// whatever order; an empty name stands for any. Where what is in braces is not all key=pattern, such as
/// <c>cpu{*}</c>, the whole is one <see cref="Glob"/>. Keys and values are matched as they stand in the id: there a
/// backslash precedes <c>\ , = { }</c> of their own. Immutable and thread-safe; matching allocates nothing.
/// </remarks>
internal sealed class SeriesSelector
{
    private readonly Glob name;
    private readonly (string Key, Glob Value)[]? labels; // null: the name is the whole id

    public SeriesSelector(string pattern)
    {
        labels = TrySplit(pattern, out ReadOnlySpan<char> first, out ReadOnlySpan<char> rest) ? Parse(rest) : null;
        name = new Glob(labels is null ? pattern : first.IsEmpty ? "*" : first.ToString());
    }

    public bool IsMatch(ReadOnlySpan<char> id)
    {
        if (labels is null)
        {
            return name.IsMatch(id);
        }

        return TrySplit(id, out ReadOnlySpan<char> first, out ReadOnlySpan<char> rest)
            && name.IsMatch(first)
            && AllMatch(rest);
    }

    private bool AllMatch(ReadOnlySpan<char> given)
    {
        foreach ((string key, Glob value) in labels!)
        {
            if (!Matches(given, key, value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Matches(ReadOnlySpan<char> given, string key, Glob value)
    {
        while (!given.IsEmpty)
        {
            ReadOnlySpan<char> label = Next(ref given);
            int equals = Find(label, '=');
            if (equals >= 0 && label[..equals].SequenceEqual(key))
            {
                return value.IsMatch(label[(equals + 1)..]); // an id has a key once
            }
        }

        return false;
    }

    /// <returns>The labels asked for; null where one of them is not key=pattern.</returns>
    private static (string Key, Glob Value)[]? Parse(ReadOnlySpan<char> text)
    {
        var parsed = new List<(string Key, Glob Value)>();
        while (!text.IsEmpty)
        {
            ReadOnlySpan<char> label = Next(ref text);
            int equals = Find(label, '=');
            if (equals <= 0)
            {
                return null;
            }

            parsed.Add((label[..equals].ToString(), new Glob(label[(equals + 1)..].ToString())));
        }

        return parsed.Count > 0 ? [.. parsed] : null;
    }

    /// <summary>Splits name{labels} in two.</summary>
    private static bool TrySplit(ReadOnlySpan<char> id, out ReadOnlySpan<char> name, out ReadOnlySpan<char> labels)
    {
        int brace = Find(id, '{');
        bool hasLabels = brace >= 0 && id[^1] == '}';
        name = hasLabels ? id[..brace] : id;
        labels = hasLabels ? id[(brace + 1)..^1] : default;
        return hasLabels;
    }

    /// <summary>Takes what stands before the next comma.</summary>
    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> labels)
    {
        int comma = Find(labels, ',');
        ReadOnlySpan<char> label = comma < 0 ? labels : labels[..comma];
        labels = comma < 0 ? default : labels[(comma + 1)..];
        return label;
    }

    /// <summary>Place of a character that no backslash precedes; −1 where there is none.</summary>
    private static int Find(ReadOnlySpan<char> text, char wanted)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == wanted)
            {
                return i;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return -1;
    }
}
