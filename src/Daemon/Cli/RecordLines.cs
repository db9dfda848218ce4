namespace Streaming.Daemon.Cli;

/// <summary>Splits a stream into records: its lines, or all of it.</summary>
internal sealed class RecordLines(Stream stream)
{
    /// <summary>Longest record, in bytes.</summary>
    private const int MaxRecordBytes = 64 << 20;

    private byte[] buffer = new byte[64 << 10];
    private int start;
    private int end;

    /// <summary>Number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line, without what ends it.</summary>
    /// <param name="line">Valid until the next call.</param>
    /// <exception cref="IOException">The stream can't be read, or the line is longer than 64 MiB.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return TakeTo(start + searched + length, out line);
            }

            searched = end - start;
            if (!TryFill())
            {
                line = default;
                return start < end && TakeTo(end, out line);
            }
        }
    }

    /// <summary>Reads all that is left as one record.</summary>
    /// <exception cref="IOException">The stream can't be read, or has more than 64 MiB.</exception>
    public ReadOnlySpan<byte> ReadAll()
    {
        while (TryFill())
        {
        }

        return buffer.AsSpan(start, end - start);
    }

    private bool TakeTo(int newline, out ReadOnlySpan<byte> line)
    {
        line = buffer.AsSpan(start, newline - start).TrimEnd((byte)'\r');
        start = Math.Min(newline + 1, end);
        Number++;
        return true;
    }

    /// <summary>Reads more behind what is there; false at the stream's end.</summary>
    private bool TryFill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            if (end >= MaxRecordBytes)
            {
                throw new IOException("a record is longer than 64 MiB; a file has one record a line");
            }

            Array.Resize(ref buffer, 2 * end);
        }

        int bytes = stream.Read(buffer.AsSpan(end));
        end += bytes;
        return bytes > 0;
    }
}
