using System.Security.Cryptography;
using System.Text;
using Streaming.Daemon.Cli.Models;

namespace Streaming.Daemon.Pretraining;

/// <summary>The state of a run on disk, beside the model that it makes.</summary>
/// <remarks>
/// Magic, version of the format, facts, reports, trainer, then SHA-256 over all of it; little-endian. Written whole or
/// not at all; a damaged file is refused.
/// </remarks>
internal static class RunStateFile
{
    private const int Version = 1;

    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("FCTRAIN\n");

    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, RunState state)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Version);
            RunStateFields.Write(writer, state);
        }

        bytes.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        AtomicFile.Write(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), replace: true);
    }

    /// <exception cref="InputErrorException">There is no such file, or it is damaged or of another program.</exception>
    public static RunState Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputErrorException(
                $"{path}: there is no state of an earlier run to go on from; train without --resume.");
        }

        byte[] bytes = File.ReadAllBytes(path);
        int end = bytes.Length - SHA256.HashSizeInBytes;
        if (end < Magic.Length + sizeof(int) || !bytes.AsSpan().StartsWith(Magic))
        {
            throw new InputErrorException($"{path}: this is no state of a training run; train without --resume.");
        }

        int version = BitConverter.ToInt32(bytes, Magic.Length);
        if (version != Version)
        {
            throw new InputErrorException(
                $"{path}: format {Version} was expected, {version} was found: another release wrote it. Go on with "
                + "that one, or train anew without --resume.");
        }

        if (!SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
        {
            throw new InputErrorException(
                $"{path}: the file is damaged, its checksum differs; train without --resume.");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, 0, end));
        reader.BaseStream.Position = Magic.Length + sizeof(int);
        return RunStateFields.Read(reader);
    }
}
