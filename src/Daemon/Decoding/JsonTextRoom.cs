namespace Streaming.Daemon.Decoding;

/// <summary>Room for one text of a JSON document, where its escapes are resolved. Not thread-safe.</summary>
internal sealed class JsonTextRoom
{
    private readonly byte[] room = new byte[6 * ObservationList.MaxIdBytes]; // an escape takes up to six bytes for one

    /// <summary>Reads a text that is part of a series id.</summary>
    /// <param name="raw">The text between its quotes.</param>
    /// <param name="isEscaped">Whether it holds escapes.</param>
    /// <param name="text">The text; with its escapes where it is too long for any id. Valid until the next
    /// call.</param>
    /// <returns>False if an escape is half of a surrogate pair.</returns>
    public bool TryRead(ReadOnlySpan<byte> raw, bool isEscaped, out ReadOnlySpan<byte> text)
    {
        text = raw;
        if (!isEscaped || raw.Length > room.Length)
        {
            return true;
        }

        bool isRead = JsonString.TryUnescape(raw, room, out int bytes);
        text = room.AsSpan(0, bytes);
        return isRead;
    }
}
