using System.Security.Cryptography;
using System.Text;

namespace Streaming.Inference.Model;

/// <summary>SHA-256 over a whole model file, in which the checksum's own text counts as zeros.</summary>
/// <remarks>
/// Two keys guard each other: a file with either must have both and match. Damage outside the checksum's key changes
/// the sum; damage inside it hides the sum, but leaves the format's key, which asks for it.
/// </remarks>
internal static class ModelChecksum
{
    /// <summary>Placeholder and length of the text: 64 hexadecimal digits.</summary>
    public const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <param name="bytes">The whole file.</param>
    /// <param name="start">Where the checksum's text begins.</param>
    public static string Of(ReadOnlySpan<byte> bytes, int start)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes[..start]);
        hash.AppendData(Encoding.ASCII.GetBytes(Zeros));
        hash.AppendData(bytes[(start + Zeros.Length)..]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Checks a file of ours; another program's has nothing to check.</summary>
    /// <returns>Whether there was a checksum.</returns>
    /// <exception cref="ModelFileException">It is missing or does not match, or the format is another one.</exception>
    public static bool Check(ReadOnlySpan<byte> bytes, SafetensorsHeader header, string file)
    {
        string? format = header.Metadata.GetValueOrDefault(ModelMetadata.Format);
        string? found = header.Metadata.GetValueOrDefault(ModelMetadata.Checksum);
        if (format is null && found is null)
        {
            return false;
        }

        Require(file, ModelMetadata.Format, ModelMetadata.FormatVersion, format);

        // An escaped text would be longer in the file than its 64 characters; ours never is.
        string expected = found?.Length == Zeros.Length && header.ChecksumStart + Zeros.Length <= header.DataStart
            ? Of(bytes, header.ChecksumStart)
            : "64 hexadecimal digits";
        Require(file, ModelMetadata.Checksum, expected, found);
        return true;
    }

    private static void Require(string file, string key, string expected, string? found)
    {
        if (found != expected)
        {
            throw new ModelFileException(file, key, expected, found ?? "none");
        }
    }
}
