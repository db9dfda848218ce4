namespace Streaming.Daemon.Pretraining;

/// <summary>Series that are cut into steps alike.</summary>
/// <param name="Series">How many.</param>
/// <param name="StepTicks">Length of a step in ticks; 0 for one step a record.</param>
/// <param name="SeasonSteps">Season in steps; 0 where none is known.</param>
/// <param name="Remark">What people should know of them, or null.</param>
internal sealed record SeriesGrid(int Series, long StepTicks, int SeasonSteps, string? Remark);
