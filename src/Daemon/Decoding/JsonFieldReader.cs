using System.Text;

namespace Streaming.Daemon.Decoding;

/// <summary>Finds the scalars at given paths of a JSON document, and checks all of it.</summary>
/// <remarks>Paths lead through objects, never through arrays. Of fields with the same name the last wins. Not
/// thread-safe.</remarks>
internal sealed class JsonFieldReader
{
    /// <summary>Deepest nesting of objects and arrays that is accepted.</summary>
    public const int MaxDepth = 64;

    /// <summary>Most paths: one bit each, beside <see cref="ObjectBit"/>.</summary>
    private const int MaxPaths = 15;

    private const ushort ObjectBit = 0x8000;

    private readonly byte[][][] paths; // [path][part]
    private readonly byte[] nameRoom; // room for a name whose escapes are resolved

    /// <param name="paths">Dotted paths, at most 15.</param>
    public JsonFieldReader(params ReadOnlySpan<string> paths)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(paths.Length, MaxPaths, nameof(paths));
        this.paths = new byte[paths.Length][][];
        int longest = 0;
        for (int p = 0; p < paths.Length; p++)
        {
            this.paths[p] = Array.ConvertAll(paths[p].Split('.'), Encoding.UTF8.GetBytes);
            longest = Math.Max(longest, Encoding.UTF8.GetByteCount(paths[p]));
        }

        nameRoom = new byte[6 * longest]; // an escape takes at most six bytes for one
    }

    /// <summary>Reads a document.</summary>
    /// <param name="json">The document, without byte order mark.</param>
    /// <param name="fields">One a path; <see cref="JsonKind.None"/> where the document has no such field.</param>
    /// <returns>None, NotJson or TooDeep.</returns>
    public RejectReason Read(ReadOnlySpan<byte> json, Span<JsonField> fields)
    {
        fields.Clear();
        var scanner = new JsonScanner(json);
        Span<ushort> open = stackalloc ushort[MaxDepth + 1]; // of each open object or array: the paths it is part of
        int depth = 0;
        int matched = (1 << paths.Length) - 1; // paths whose first parts, one an open object, lead to the next value
        while (true)
        {
            JsonField field = scanner.ReadValue();
            if (field.Kind == JsonKind.None || !TryKeep(field, matched, depth, fields))
            {
                return RejectReason.NotJson;
            }

            bool isEmpty = true;
            if (field.Kind is JsonKind.Object or JsonKind.Array)
            {
                if (depth == MaxDepth)
                {
                    return RejectReason.TooDeep;
                }

                open[++depth] = field.Kind == JsonKind.Object ? (ushort)(matched | ObjectBit) : (ushort)0;
                isEmpty = scanner.TryTake(ClosingOf(open[depth]));
                depth -= isEmpty ? 1 : 0;
            }

            while (isEmpty && (depth == 0 || !scanner.TryTake((byte)',')))
            {
                if (depth == 0)
                {
                    return scanner.IsAtEnd() ? RejectReason.None : RejectReason.NotJson;
                }

                if (!scanner.TryTake(ClosingOf(open[depth--])))
                {
                    return RejectReason.NotJson;
                }
            }

            matched = 0;
            if (open[depth] >= ObjectBit && !TryReadName(json, ref scanner, open[depth], depth, out matched))
            {
                return RejectReason.NotJson;
            }
        }
    }

    private static byte ClosingOf(ushort open) => open >= ObjectBit ? (byte)'}' : (byte)']';

    /// <summary>Keeps the value for the paths that end at it; false for NaN where no path ends.</summary>
    private bool TryKeep(JsonField field, int matched, int depth, Span<JsonField> fields)
    {
        bool isKept = field.Kind != JsonKind.NotFinite;
        for (int p = 0; matched >> p != 0; p++)
        {
            if ((matched >> p & 1) != 0 && fields[p].Kind != JsonKind.NotFinite) // NaN stays: it spoils the document
            {
                bool isEnd = paths[p].Length == depth;
                fields[p] = isEnd ? field : default;
                isKept |= isEnd;
            }
        }

        return isKept;
    }

    /// <summary>Reads "name": and tells which paths it leads on.</summary>
    private bool TryReadName(ReadOnlySpan<byte> json, ref JsonScanner scanner, ushort open, int depth, out int matched)
    {
        matched = 0;
        JsonField field = scanner.ReadText();
        if (field.Kind == JsonKind.None || !scanner.TryTake((byte)':'))
        {
            return false;
        }

        ReadOnlySpan<byte> name = field.Raw(json);
        if (field.IsEscaped)
        {
            if (name.Length > nameRoom.Length || !JsonString.TryUnescape(name, nameRoom, out int bytes))
            {
                return true;
            }

            name = nameRoom.AsSpan(0, bytes);
        }

        for (int p = 0; p < paths.Length; p++)
        {
            byte[][] parts = paths[p];
            if ((open >> p & 1) != 0 && parts.Length >= depth && name.SequenceEqual(parts[depth - 1]))
            {
                matched |= 1 << p;
            }
        }

        return true;
    }
}
