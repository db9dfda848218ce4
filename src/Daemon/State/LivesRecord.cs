using System.Buffers;
using Streaming.Inference.Series.Codec;

namespace Streaming.Daemon.State;

/// <summary>The lives of one series id that ended at or after the low-water offset, in binary form.</summary>
internal static class LivesRecord
{
    public static void Write(IReadOnlyList<Life> lives, IBufferWriter<byte> buffer)
    {
        var writer = new StateWriter(buffer);
        writer.Write(lives.Count);
        foreach (Life life in lives)
        {
            writer.Write(life.Born);
            writer.Write(life.Died);
        }
    }

    /// <exception cref="InvalidDataException">The content is something else.</exception>
    public static Life[] Read(ReadOnlySpan<byte> content)
    {
        var reader = new StateReader(content);
        var lives = new Life[reader.ReadCount(reader.Left)];
        for (int i = 0; i < lives.Length; i++)
        {
            lives[i] = new(reader.Read<long>(), reader.Read<long>());
        }

        reader.End();
        return lives;
    }
}
