namespace Streaming.Daemon.Decoding;

/// <summary>Why a record is refused. Names are stable (see <see cref="RejectReasons"/>); numbers are not.</summary>
internal enum RejectReason
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary>The value is not one JSON document.</summary>
    NotJson,

    /// <summary>The value is no OTLP export with metrics.</summary>
    NotOtlp,

    /// <summary>The record does not name its schema as Input:Schema:Framing says.</summary>
    NotFramed,

    /// <summary>There is no schema of the id, or no such message in it.</summary>
    UnknownSchema,

    /// <summary>The value is not what its schema says.</summary>
    SchemaMismatch,

    /// <summary>No series id at the path, or it is null, an object or an array.</summary>
    MissingSeries,

    /// <summary>No time at the path, or it is null.</summary>
    MissingTime,

    /// <summary>No value at the path, or it is null.</summary>
    MissingValue,

    /// <summary>The value is NaN, an infinity, or beyond the range of a double.</summary>
    NotFinite,

    /// <summary>The value is neither a number nor text that holds one.</summary>
    BadValue,

    /// <summary>The time is neither ISO 8601 text nor a number.</summary>
    BadTime,

    /// <summary>The time lies before 1970 or from 2200 on.</summary>
    AbsurdTime,

    /// <summary>The series id is empty text.</summary>
    EmptySeries,

    /// <summary>The series id is longer than 512 bytes of UTF-8.</summary>
    SeriesTooLong,

    /// <summary>Input:SeriesPath is kafka.key, and there is none.</summary>
    MissingKey,

    /// <summary>There is a key and it has no bytes.</summary>
    EmptyKey,

    /// <summary>The key is longer than 512 bytes.</summary>
    KeyTooLong,

    /// <summary>The record has no value (a tombstone) or one of no bytes.</summary>
    EmptyValue,

    /// <summary>The series id is not valid UTF-8, or escapes half a surrogate pair.</summary>
    BadUtf8,

    /// <summary>Objects and arrays are nested more than 64 deep, or by the schema there is no end of values without
    /// bytes.</summary>
    TooDeep,

    /// <summary>The record holds more than 65,536 observations.</summary>
    TooMany,

    /// <summary>A series has more than 64 labels, dropped ones not counted.</summary>
    TooManyLabels,

    /// <summary>The metric is a set, distribution, histogram or summary, or says how a gauge has changed.</summary>
    UnsupportedMetric,

    /// <summary>A line is not what its format, line protocol or CSV, wants.</summary>
    BadLine,

    /// <summary>The series' own step was already closed.</summary>
    Late,

    /// <summary>The event time lies too far past the record's Kafka timestamp.</summary>
    Future,

    /// <summary>The partition holds as many series as it may.</summary>
    SeriesLimit,

    /// <summary>Input:Skip names the record.</summary>
    Skipped,

    /// <summary>The message of the repartition topic is not one of ours, or of another version.</summary>
    NotRepartitioned,
}
