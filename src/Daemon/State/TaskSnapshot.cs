using System.Buffers;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Daemon.State;

/// <summary>What the steps of a task read beside their own series, as of an offset: a replay from there begins with
/// it.</summary>
/// <param name="Offset">The next record.</param>
/// <param name="StreamTimeTicks">Stream time, in ticks; long.MinValue before the first record.</param>
/// <param name="SeriesCount">Series that were there.</param>
/// <param name="Guard">The future guard, in binary form.</param>
internal sealed record TaskSnapshot(long Offset, long StreamTimeTicks, int SeriesCount, ReadOnlyMemory<byte> Guard)
{
    /// <summary>What groups of related series remember, in binary form: <see cref="TaskGroups"/>; empty: nothing.</summary>
    public ReadOnlyMemory<byte> Groups { get; init; }

    /// <summary>Whether nothing lies before it: a replay from there makes all again, as far as the log reaches.</summary>
    public bool IsBeforeAll => Offset < 0;

    /// <summary>A task before its first record, wherever its log begins.</summary>
    public static TaskSnapshot BeforeAll()
    {
        var guard = new ArrayBufferWriter<byte>();
        new FutureGuard().WriteTo(new StateWriter(guard));
        return new(-1, long.MinValue, 0, guard.WrittenMemory);
    }
}
