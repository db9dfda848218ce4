using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Output;

/// <summary>Writes observations as the events that Input:Format json takes by its default paths.</summary>
internal static class EventEncoder
{
    /// <summary>Appends one event to the buffer.</summary>
    public static void Write(in Observation observation, Utf8Buffer buffer)
    {
        const int Rest = 64; // the constant parts, together
        byte[] id = JsonText.Quote(observation.SeriesId);
        var writer = new SpanWriter(buffer.Reserve(id.Length + TimeText.MaxBytes + NumberText.MaxBytes + Rest));
        writer.Put("{\"series\":"u8);
        writer.Put(id);
        writer.Put(",\"time\":\""u8);
        writer.PutTime(observation.TimeTicks);
        writer.Put("\",\"value\":"u8);
        writer.PutShortest(observation.Value);
        writer.Put("}"u8);
        buffer.Advance(writer.Count);
    }
}
