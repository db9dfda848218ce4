namespace Streaming.Daemon.Decoding;

/// <summary>Reads labels out of a JSON object: name and text, number or boolean. Not thread-safe.</summary>
internal sealed class JsonLabels(SeriesNamer namer)
{
    private readonly JsonTextRoom keyRoom = new();
    private readonly JsonTextRoom valueRoom = new();

    /// <summary>Adds the members of the object at hand; of an array the last element counts, null and objects name
    /// nothing.</summary>
    /// <param name="labels">Before the value; anything but an object has no labels.</param>
    /// <param name="except">A name that is left out.</param>
    /// <returns>None or BadUtf8.</returns>
    public RejectReason Add(JsonCursor labels, ReadOnlySpan<byte> except = default)
    {
        bool isObject = labels.TryEnter(JsonKind.Object);
        while (isObject && labels.TryNextMember())
        {
            ReadOnlySpan<byte> name = labels.Name;
            JsonField field = TakeLast(ref labels);
            if (field.Kind is not (JsonKind.Text or JsonKind.Number or JsonKind.Bool) || name.SequenceEqual(except))
            {
                continue;
            }

            if (!keyRoom.TryRead(name, name.Contains((byte)'\\'), out ReadOnlySpan<byte> key)
                || !valueRoom.TryRead(labels.Raw(field), field.IsEscaped, out ReadOnlySpan<byte> value))
            {
                return RejectReason.BadUtf8;
            }

            namer.Label(key, value);
        }

        return RejectReason.None;
    }

    private static JsonField TakeLast(ref JsonCursor cursor)
    {
        JsonCursor array = cursor;
        JsonField field = cursor.Take();
        if (field.Kind == JsonKind.Array && array.TryEnter(JsonKind.Array))
        {
            while (array.TryNextElement())
            {
                field = array.Take();
            }
        }

        return field;
    }
}
