namespace Streaming.Daemon.Output;

/// <summary>Writes one message from left to right into room that was sized for it.</summary>
internal ref struct SpanWriter(Span<byte> room)
{
    private readonly Span<byte> room = room;

    /// <summary>Bytes written.</summary>
    public int Count { get; private set; }

    public void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(room[Count..]);
        Count += bytes.Length;
    }

    /// <summary>Puts the shortest text that reads back as the same double.</summary>
    public void PutShortest(double value) => Count += NumberText.WriteShortest(value, room[Count..]);

    /// <summary>Puts an anomaly score: at most six decimals.</summary>
    public void PutScore(double value) => Count += NumberText.WriteScore(value, room[Count..]);

    public void PutInteger(long value) => Count += NumberText.WriteInteger(value, room[Count..]);

    /// <summary>Puts a time, RFC 3339 in UTC.</summary>
    public void PutTime(long ticks) => Count += TimeText.Write(ticks, room[Count..]);

    /// <summary>Puts numbers of ten significant digits with commas between them.</summary>
    public void PutRounded(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (i > 0)
            {
                room[Count++] = (byte)',';
            }

            Count += NumberText.WriteRounded(values[i], room[Count..]);
        }
    }
}
