namespace Streaming.Daemon.Decoding;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind : byte
{
    /// <summary>Not there, or not JSON.</summary>
    None,
    Null,
    Bool,
    Number,
    Text,
    Object,
    Array,

    /// <summary>A bare NaN, Infinity or -Infinity: not JSON, but what many producers write.</summary>
    NotFinite,
}

/// <summary>A scalar of a document by its place; of an object or array only the kind is kept.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">First byte, after the quote if it is text.</param>
/// <param name="Length">Bytes, without quotes.</param>
/// <param name="IsEscaped">Whether text holds escapes.</param>
internal readonly record struct JsonField(JsonKind Kind, int Start = 0, int Length = 0, bool IsEscaped = false)
{
    /// <summary>The bytes as they stand in the document.</summary>
    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> json) => json.Slice(Start, Length);
}
