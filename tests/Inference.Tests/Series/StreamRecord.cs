namespace Inference.Tests.Series;

/// <summary>One observation of a generated partition.</summary>
/// <param name="Series">Number of its series.</param>
/// <param name="TimeTicks">Event time.</param>
/// <param name="Value">In the series' unit.</param>
/// <param name="TimestampTicks">Kafka timestamp; −1 where there is none.</param>
internal readonly record struct StreamRecord(int Series, long TimeTicks, double Value, long TimestampTicks);
