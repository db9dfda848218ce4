using Streaming.Inference.Anomalies;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>A step that has closed, beside what had been forecast of it at the first horizon; in the series' unit.</summary>
/// <param name="TimeTicks">Start of the step, or time of the event, in UTC ticks.</param>
/// <param name="Value">Its value; NaN where none came.</param>
/// <param name="Yhat">The forecast as issued; NaN where there was none.</param>
/// <param name="Lower">Lowest quantile, likewise.</param>
/// <param name="Upper">Highest quantile, likewise.</param>
/// <param name="Naive">Forecast of seasonal naive, likewise.</param>
/// <param name="Score">How odd the value is, in [0, 1]; NaN where it was not judged.</param>
/// <param name="Alarm">What the alarm that it raised is about.</param>
internal readonly record struct HistoryPoint(
    long TimeTicks, double Value, double Yhat, double Lower, double Upper, double Naive, float Score,
    AnomalyKind Alarm);
