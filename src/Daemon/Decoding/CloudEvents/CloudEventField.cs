namespace Streaming.Daemon.Decoding.CloudEvents;

/// <summary>A scalar of an event, wherever it lies: the envelope, its data or a header.</summary>
/// <param name="json">What it lies in.</param>
/// <param name="field">Its place there.</param>
internal readonly ref struct CloudEventField(ReadOnlySpan<byte> json, JsonField field)
{
    public ReadOnlySpan<byte> Json { get; } = json;

    public JsonField Field { get; } = field;

    public bool IsMissing => Field.Kind is JsonKind.None or JsonKind.Null;
}
