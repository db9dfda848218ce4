namespace Streaming.Daemon.Decoding;

/// <summary>The parts of a metric as Telegraf writes it, by their places in the document; or a batch of such.</summary>
internal ref struct TelegrafMetric
{
    public JsonField Name { get; private set; }

    public JsonField Time { get; private set; }

    /// <summary>Before the object of fields.</summary>
    public JsonCursor Fields { get; private set; }

    /// <summary>Before the object of tags.</summary>
    public JsonCursor Tags { get; private set; }

    /// <summary>Before the array of metrics, where the object is a batch.</summary>
    public JsonCursor Metrics { get; private set; }

    /// <summary>Finds the parts.</summary>
    /// <param name="cursor">Within the object, in a document that was checked; moved to the object's end.</param>
    public static TelegrafMetric Find(scoped ref JsonCursor cursor)
    {
        var metric = default(TelegrafMetric);
        while (cursor.TryNextMember())
        {
            ReadOnlySpan<byte> member = cursor.Name;
            JsonCursor value = cursor;
            JsonField field = cursor.Take();
            if (member.SequenceEqual("name"u8))
            {
                metric.Name = field;
            }
            else if (member.SequenceEqual("timestamp"u8))
            {
                metric.Time = field;
            }
            else if (member.SequenceEqual("fields"u8))
            {
                metric.Fields = value;
            }
            else if (member.SequenceEqual("tags"u8))
            {
                metric.Tags = value;
            }
            else if (member.SequenceEqual("metrics"u8))
            {
                metric.Metrics = value;
            }
        }

        return metric;
    }
}
