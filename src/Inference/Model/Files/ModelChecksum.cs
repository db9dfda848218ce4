using System.Security.Cryptography;
using System.Text;

namespace Streaming.Inference.Model;

/// <summary>SHA-256 over a whole model file, in which the checksum's own text counts as zeros.</summary>
internal static class ModelChecksum
{
    /// <summary>Placeholder and length of the text: 64 hexadecimal digits.</summary>
    public const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <param name="file">The whole file.</param>
    /// <param name="start">Where the checksum's text begins.</param>
    public static string Of(ReadOnlySpan<byte> file, int start)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file[..start]);
        hash.AppendData(Encoding.ASCII.GetBytes(Zeros));
        hash.AppendData(file[(start + Zeros.Length)..]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
