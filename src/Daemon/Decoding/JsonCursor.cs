namespace Streaming.Daemon.Decoding;

/// <summary>Walks through a JSON document that is known to be well-formed, value by value.</summary>
/// <remarks>
/// Check the document first, with a <see cref="JsonFieldReader"/>. Then each value is entered, taken or skipped before
/// the next name or element is asked for. A copy of a cursor stays where it is: so values are read later than they
/// come.
/// </remarks>
internal ref struct JsonCursor(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> json = json;
    private JsonScanner scanner = new(json);

    /// <summary>Name of the member at hand, escapes as they stand.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Enters an object or array; skips anything else, and returns false.</summary>
    public bool TryEnter(JsonKind kind)
    {
        JsonField field = scanner.ReadValue();
        if (field.Kind == kind)
        {
            return true;
        }

        SkipRest(field);
        return false;
    }

    /// <summary>Goes to the value of the next member of the object entered last; leaves the object at its
    /// end.</summary>
    public bool TryNextMember()
    {
        if (scanner.TryTake((byte)'}'))
        {
            return false;
        }

        scanner.TryTake((byte)',');
        JsonField name = scanner.ReadText();
        Name = name.Raw(json);
        return name.Kind != JsonKind.None && scanner.TryTake((byte)':');
    }

    /// <summary>Goes to the next element of the array entered last; leaves the array at its end.</summary>
    public bool TryNextElement()
    {
        if (scanner.TryTake((byte)']') || scanner.IsAtEnd())
        {
            return false;
        }

        scanner.TryTake((byte)',');
        return true;
    }

    /// <summary>Enters the next element that is an object; skips others, and leaves the array at its end.</summary>
    public bool TryNextObject()
    {
        while (TryNextElement())
        {
            if (TryEnter(JsonKind.Object))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bytes of a scalar taken, as they stand in the document.</summary>
    public readonly ReadOnlySpan<byte> Raw(JsonField field) => field.Raw(json);

    /// <summary>Takes a scalar; of an object or array only the kind.</summary>
    public JsonField Take()
    {
        JsonField field = scanner.ReadValue();
        SkipRest(field);
        return field;
    }

    /// <summary>Skips a value and all that is in it.</summary>
    public void Skip() => Take();

    private void SkipRest(JsonField field)
    {
        int depth = field.Kind is JsonKind.Object or JsonKind.Array ? 1 : 0;
        while (depth > 0)
        {
            if (scanner.TryTake((byte)'}') || scanner.TryTake((byte)']'))
            {
                depth--;
                continue;
            }

            scanner.TryTake((byte)',');
            field = scanner.ReadValue(); // a member's name too
            scanner.TryTake((byte)':');
            depth = field.Kind switch
            {
                JsonKind.Object or JsonKind.Array => depth + 1,
                JsonKind.None => 0, // not well-formed: the end of it
                _ => depth,
            };
        }
    }
}
