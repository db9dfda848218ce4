using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Daemon.State;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>What a task knows of a series beside its state: its id in the forms that are sent.</summary>
/// <param name="id">Series id, UTF-8.</param>
/// <param name="hash">Stable hash of the id.</param>
/// <param name="jsonId">The id as JSON text, with quotes.</param>
/// <param name="stepJson">Its step as JSON text, with quotes.</param>
/// <param name="kind">Number of its <see cref="SeriesKind"/>.</param>
internal sealed class SeriesIdentity(byte[] id, ulong hash, byte[] jsonId, byte[] stepJson, int kind)
{
    private LiveTrack live;

    public byte[] Id { get; } = id;

    public ulong Hash { get; } = hash;

    public byte[] JsonId { get; } = jsonId;

    public byte[] StepJson { get; } = stepJson;

    public int Kind { get; } = kind;

    /// <summary>Steps of the series at which its window is next offered to the trainer.</summary>
    public long NextSampleSteps { get; set; }

    /// <summary>Offset of the record that it began with.</summary>
    public long Born { get; set; }

    /// <summary>Offset of the record that let it go, once one has.</summary>
    public long Died { get; set; }

    /// <summary>Records before this offset are in the state that was read back; 0 where none was.</summary>
    public long AsOf { get; set; }

    /// <summary>Its parts that may be stored.</summary>
    public StoredParts Parts { get; set; }

    /// <summary>Whether it has changed since it was last written.</summary>
    public bool IsDirty { get; set; }

    /// <summary>How its forecasts have done, for those who ask.</summary>
    public ref LiveTrack Live => ref live;

    /// <summary>Its last steps, for those who ask; null where they are not kept.</summary>
    public HistoryRing? History { get; set; }

    /// <summary>Bytes of the identity of a series and of its places in the table, about.</summary>
    /// <param name="idBytes">Bytes of its id.</param>
    public static long BytesOf(int idBytes)
    {
        const int ObjectBytes = 128, ArrayHeaderBytes = 24, StepBytes = ArrayHeaderBytes + 8, EntryBytes = 40 + 8;
        return ObjectBytes + (2 * (ArrayHeaderBytes + idBytes)) + StepBytes + EntryBytes;
    }

    /// <summary>The identity of a series that came from a <see cref="SeriesTable"/>.</summary>
    public static SeriesIdentity Of(SeriesState series) => (SeriesIdentity)series.Tag!;

    /// <summary>Order of two series by the bytes of their ids.</summary>
    public static int Compare(SeriesState a, SeriesState b) => Of(a).Id.AsSpan().SequenceCompareTo(Of(b).Id);
}
