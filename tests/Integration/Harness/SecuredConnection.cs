using System.Buffers.Binary;
using System.Text;

namespace Integration.Harness;

/// <summary>One client's way through a <see cref="SecuredListener"/>, TLS taken off: first SASL PLAIN, then all passes.
/// </summary>
/// <remarks>The embedded broker knows no SASL: that is told of, asked for and looked at here. The listener's address
/// stands in the place of the broker's wherever that is told, so that no client ever learns of the open one.</remarks>
/// <param name="client">The client.</param>
/// <param name="broker">The broker.</param>
/// <param name="credentials">What the client must show.</param>
/// <param name="address">The broker's address and the listener's, as answers have them; of one length.</param>
internal sealed class SecuredConnection(
    Stream client, Stream broker, string credentials, (byte[] Open, byte[] Own) address)
{
    private const short SaslHandshake = 17;
    private const short ApiVersions = 18;
    private const int MaxFrameBytes = 64 << 20;

    private volatile bool isIn;

    /// <summary>Signs the client in and passes its requests and their answers on until either end goes away.</summary>
    /// <param name="seen">Gets the client's name with each request.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Whether the client was let in.</returns>
    public async Task<bool> PassAsync(Action<string> seen, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task answers = AnswerAsync(either.Token);
        try
        {
            isIn = await SignInAsync(either.Token);
            while (isIn && await ReadAsync(client, either.Token) is { } request)
            {
                int length = BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(8));
                seen(Encoding.UTF8.GetString(request, 10, length));
                await WriteAsync(broker, request, either.Token);
            }
        }
        finally
        {
            await either.CancelAsync();
            await answers.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        return isIn;
    }

    /// <summary>Which requests there are, which mechanisms, then the credentials: nothing else gets through before.</summary>
    private async Task<bool> SignInAsync(CancellationToken stop)
    {
        byte[] request = await NextAsync(stop);
        while (Kind(request) == ApiVersions)
        {
            await WriteAsync(broker, request, stop);
            request = await NextAsync(stop);
        }

        if (Kind(request) != SaslHandshake)
        {
            return false;
        }

        // Its number; no error; one mechanism.
        await WriteAsync(client, [.. request.AsSpan(4, 4), 0, 0, 0, 0, 0, 1, 0, 5, .. "PLAIN"u8], stop);
        if (Encoding.UTF8.GetString(await NextAsync(stop)) != credentials)
        {
            return false;
        }

        isIn = true;
        await WriteAsync(client, [], stop);
        return true;
    }

    /// <exception cref="EndOfStreamException">The client went away, which is no refusal.</exception>
    private async Task<byte[]> NextAsync(CancellationToken stop) =>
        await ReadAsync(client, stop) ?? throw new EndOfStreamException();

    private async Task AnswerAsync(CancellationToken stop)
    {
        while (await ReadAsync(broker, stop) is { } answer)
        {
            if (isIn)
            {
                PutOwnAddress(answer);
            }

            await WriteAsync(client, isIn ? answer : WithSasl(answer), stop);
        }
    }

    private void PutOwnAddress(Span<byte> answer)
    {
        for (int at = answer.IndexOf(address.Open); at >= 0; at = answer.IndexOf(address.Open))
        {
            address.Own.CopyTo(answer[at..]);
            answer = answer[(at + address.Own.Length)..];
        }
    }

    /// <summary>An answer to ApiVersions that names one request more: its number and error, the count of requests, then
    /// these. The embedded broker refuses versions that write it otherwise; the client then asks by one that it takes.
    /// </summary>
    private static byte[] WithSasl(byte[] answer)
    {
        const int Count = sizeof(int) + sizeof(short);
        if (BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(sizeof(int))) != 0)
        {
            return answer;
        }

        byte[] count = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(count, BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(Count)) + 1);
        return
        [
            .. answer.AsSpan(0, Count), .. count, 0, (byte)SaslHandshake, 0, 0, 0, 0,
            .. answer.AsSpan(Count + sizeof(int)),
        ];
    }

    private static short Kind(byte[] request) => BinaryPrimitives.ReadInt16BigEndian(request);

    private static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken stop)
    {
        byte[] length = new byte[sizeof(int)];
        if (await stream.ReadAtLeastAsync(length, length.Length, throwOnEndOfStream: false, stop) < length.Length)
        {
            return null;
        }

        int bytes = BinaryPrimitives.ReadInt32BigEndian(length);
        if (bytes is < 0 or > MaxFrameBytes)
        {
            throw new IOException($"A frame of {bytes} bytes.");
        }

        byte[] frame = new byte[bytes];
        await stream.ReadExactlyAsync(frame, stop);
        return frame;
    }

    private static async Task WriteAsync(Stream stream, byte[] frame, CancellationToken stop)
    {
        byte[] whole = new byte[sizeof(int) + frame.Length];
        BinaryPrimitives.WriteInt32BigEndian(whole, frame.Length);
        frame.CopyTo(whole, sizeof(int));
        await stream.WriteAsync(whole, stop);
    }
}
