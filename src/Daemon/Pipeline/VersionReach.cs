namespace Streaming.Daemon.Pipeline;

/// <summary>How far the process has read the models topic.</summary>
/// <param name="End">Asks the brokers where it ends; throws a retriable exception where they don't answer.</param>
/// <param name="HasRead">Whether all before an offset is read.</param>
internal sealed record VersionReach(Func<long> End, Func<long, bool> HasRead);
