using Streaming.Inference.Series;
using Streaming.Training.Preparation;

namespace Streaming.Daemon.Pretraining;

/// <summary>A series of a file, or a generated one, and how it is cut into steps.</summary>
/// <param name="Series">As found.</param>
/// <param name="Profile">Its grid and season.</param>
/// <param name="Remark">What people should know of it: an inferred step, generated values; else null.</param>
internal sealed record FoundSeries(RawSeries Series, SeriesProfile Profile, string? Remark);
