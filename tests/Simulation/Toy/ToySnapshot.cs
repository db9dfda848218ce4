namespace Simulation.Toy;

/// <summary>What steps read of their task besides their own series; kept for each commit.</summary>
/// <param name="StreamTime">Largest event time so far.</param>
/// <param name="SeriesCount">Series alive.</param>
internal readonly record struct ToySnapshot(long StreamTime, int SeriesCount);
