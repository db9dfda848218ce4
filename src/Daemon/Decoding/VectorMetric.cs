namespace Streaming.Daemon.Decoding;

/// <summary>The parts of a metric as Vector writes it, by their places in the document.</summary>
internal ref struct VectorMetric
{
    public JsonField Name { get; private set; }

    public JsonField Namespace { get; private set; }

    public JsonField Time { get; private set; }

    /// <summary>absolute or incremental.</summary>
    public JsonField Change { get; private set; }

    /// <summary>Before the object of tags.</summary>
    public JsonCursor Tags { get; private set; }

    public bool IsCounter { get; private set; }

    public bool IsGauge { get; private set; }

    /// <summary>Whether there is an object that is neither: a distribution, a log event, …</summary>
    public bool IsOther { get; private set; }

    /// <summary>Value of the gauge or counter.</summary>
    public JsonField Value { get; private set; }

    /// <summary>Finds the parts of a metric, or of the one that native_json wraps.</summary>
    /// <param name="cursor">Before the object, in a document that was checked.</param>
    public static VectorMetric Find(JsonCursor cursor) => Find(cursor, isWrapped: false);

    /// <summary>A metric wrapped twice is none: each level would be read once more.</summary>
    private static VectorMetric Find(JsonCursor cursor, bool isWrapped)
    {
        var metric = default(VectorMetric);
        cursor.TryEnter(JsonKind.Object);
        while (cursor.TryNextMember())
        {
            ReadOnlySpan<byte> member = cursor.Name;
            JsonCursor value = cursor;
            JsonField field = cursor.Take();
            if (field.Kind != JsonKind.Object)
            {
                metric.TakeScalar(member, field);
            }
            else if (!isWrapped && member.SequenceEqual("metric"u8))
            {
                return Find(value, isWrapped: true);
            }
            else
            {
                metric.TakeObject(member, value);
            }
        }

        return metric;
    }

    private void TakeScalar(ReadOnlySpan<byte> member, JsonField field)
    {
        if (member.SequenceEqual("name"u8))
        {
            Name = field;
        }
        else if (member.SequenceEqual("namespace"u8))
        {
            Namespace = field;
        }
        else if (member.SequenceEqual("timestamp"u8))
        {
            Time = field;
        }
        else if (member.SequenceEqual("kind"u8))
        {
            Change = field;
        }
    }

    private void TakeObject(ReadOnlySpan<byte> member, JsonCursor value)
    {
        if (member.SequenceEqual("tags"u8))
        {
            Tags = value;
            return;
        }

        bool isGauge = member.SequenceEqual("gauge"u8), isCounter = member.SequenceEqual("counter"u8);
        IsGauge |= isGauge;
        IsCounter |= isCounter;
        IsOther |= !isGauge && !isCounter;
        if (isGauge || isCounter)
        {
            Value = ValueOf(value);
        }
    }

    private static JsonField ValueOf(JsonCursor cursor)
    {
        JsonField value = default;
        cursor.TryEnter(JsonKind.Object);
        while (cursor.TryNextMember())
        {
            bool isValue = cursor.Name.SequenceEqual("value"u8);
            JsonField field = cursor.Take();
            value = isValue ? field : value;
        }

        return value;
    }
}
