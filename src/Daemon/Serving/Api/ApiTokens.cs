using System.Security.Cryptography;
using System.Text;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Serving.Api;

/// <summary>Who may read, and who may write. Thread-safe.</summary>
/// <remarks>Tokens are read once, at the start. Compared by their hashes, in a time that tells nothing of them.</remarks>
internal sealed class ApiTokens
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? read;
    private readonly byte[]? write;

    /// <exception cref="IOException">A file of a token can't be read.</exception>
    /// <exception cref="InvalidDataException">There is no token in it that is long enough.</exception>
    public ApiTokens(ForecasterOptions options)
    {
        read = HashOf(options.Http.ReadToken, options.Http.ReadTokenFile);
        write = HashOf(options.Http.WriteToken, options.Http.WriteTokenFile);
    }

    /// <summary>Whether reading takes a token.</summary>
    public bool IsReadClosed => read is not null;

    /// <summary>Whether anybody may write at all.</summary>
    public bool IsWriteOpen => write is not null;

    /// <summary>Whether a request may read: also with the token for writing.</summary>
    public bool MayRead(HttpRequest request) => read is null || Has(request, read) || MayWrite(request);

    /// <summary>Whether a request may write.</summary>
    public bool MayWrite(HttpRequest request) => write is not null && Has(request, write);

    private static bool Has(HttpRequest request, byte[] expected)
    {
        string? header = request.Headers.Authorization;
        return header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(HashOf(header[Scheme.Length..].Trim()), expected);
    }

    private static byte[]? HashOf(string? token, string? file)
    {
        if (file is null)
        {
            return token is null ? null : HashOf(token);
        }

        string text = File.ReadAllText(file).Trim();
        return text.Length >= HttpOptions.LeastToken
            ? HashOf(text)
            : throw new InvalidDataException(
                $"'{file}' has no token: it must be one line of {HttpOptions.LeastToken} characters or more.");
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
