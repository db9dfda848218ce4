using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>What a field of a binary record holds.</summary>
internal enum FieldKind : byte
{
    /// <summary>There is no such field, or it has no value.</summary>
    None,
    Integer,
    Real,
    Text,

    /// <summary>An event time in UTC ticks.</summary>
    Ticks,

    /// <summary>Something that is no scalar.</summary>
    Other,
}

/// <summary>A field of a binary record; its text lies in the record or its schema.</summary>
internal readonly ref struct FieldValue
{
    public FieldKind Kind { get; init; }

    /// <summary>An integer; ticks of a time.</summary>
    public long Integer { get; init; }

    public double Real { get; init; }

    /// <summary>Text, not checked to be UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    /// <summary>Unit of an integer that is a time by its schema; else auto.</summary>
    public TimeUnit Unit { get; init; }

    public static FieldValue Of(long integer, TimeUnit unit = TimeUnit.Auto) =>
        new() { Kind = FieldKind.Integer, Integer = integer, Unit = unit };

    public static FieldValue Of(double real) => new() { Kind = FieldKind.Real, Real = real };

    public static FieldValue Of(ReadOnlySpan<byte> text) => new() { Kind = FieldKind.Text, Text = text };

    public static FieldValue OfTicks(long ticks) => new() { Kind = FieldKind.Ticks, Integer = ticks };
}
