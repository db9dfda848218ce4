using System.Security.Cryptography;
using System.Text;

namespace Streaming.Daemon.Renewal;

/// <summary>A digest of secret files, by which a change is seen; nothing can be read out of it.</summary>
internal static class SecretPrint
{
    /// <summary>The digest of names and contents; null where something can't be read just now.</summary>
    /// <remarks>What is not there counts as empty. Names in a folder that begin with a dot are a kubelet's own links, and
    /// passed over.</remarks>
    public static string? Of(SecretPlaces places)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            foreach (string file in places.Paths.SelectMany(Files))
            {
                byte[] content = File.ReadAllBytes(file);
                digest.AppendData(Encoding.UTF8.GetBytes($"{file}\0{content.Length}\0"));
                digest.AppendData(content);
                CryptographicOperations.ZeroMemory(content);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return Convert.ToHexString(digest.GetHashAndReset());
    }

    private static IEnumerable<string> Files(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? [path] : [];
        }

        return Directory.EnumerateFileSystemEntries(path)
            .Where(entry => !Path.GetFileName(entry).StartsWith('.')).Order(StringComparer.Ordinal).SelectMany(Files);
    }
}
