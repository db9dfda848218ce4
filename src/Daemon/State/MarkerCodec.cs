using System.Buffers;
using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Series.Codec;

namespace Streaming.Daemon.State;

/// <summary>A marker in binary form.</summary>
internal static class MarkerCodec
{
    private const int MaxAdoptions = 1 << 16;
    private const int MaxSkipped = 1 << 10;

    public static void Write(Marker marker, IBufferWriter<byte> buffer)
    {
        var writer = new StateWriter(buffer);
        WriteText(writer, marker.Application);
        WriteText(writer, marker.Cluster);
        WriteText(writer, marker.InputTopic);
        writer.Write(marker.Era.Structure);
        writer.Write(marker.Era.Configuration);
        writer.Write(marker.Era.Revision);
        writer.Write(marker.Committed);
        writer.Write(marker.LiveFrom);
        writer.Write(marker.LowWater.Offset);
        writer.Write(marker.LowWater.StreamTimeTicks);
        writer.Write(marker.LowWater.SeriesCount);
        writer.Write(marker.LowWater.Guard.Length);
        writer.Write(marker.LowWater.Guard.Span);
        writer.Write(marker.LowWater.Groups.Length);
        writer.Write(marker.LowWater.Groups.Span);
        writer.Write(marker.Skipped.Count);
        foreach (long offset in marker.Skipped)
        {
            writer.Write(offset);
        }

        writer.Write(marker.LateRecords);
        writer.Write(marker.Adoptions.Count);
        foreach (Adoption adoption in marker.Adoptions)
        {
            WriteText(writer, adoption.Version);
            writer.Write(adoption.Offset);
            writer.Write(adoption.StreamTimeTicks);
        }

        writer.Write((byte)marker.Delivery);
    }

    /// <exception cref="InvalidDataException">The bytes are no marker.</exception>
    public static Marker Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        var marker = new Marker
        {
            Application = ReadText(ref reader),
            Cluster = ReadText(ref reader),
            InputTopic = ReadText(ref reader),
            Era = new(reader.Read<ulong>(), reader.Read<ulong>(), reader.Read<int>()),
            Committed = reader.Read<long>(),
            LiveFrom = reader.Read<long>(),
            LowWater = new(
                reader.Read<long>(), reader.Read<long>(), reader.Read<int>(), ReadBytes(ref reader).ToArray())
            {
                Groups = ReadBytes(ref reader).ToArray(),
            },
            Skipped = ReadOffsets(ref reader),
            LateRecords = reader.Read<long>(),
            Adoptions = ReadAdoptions(ref reader),
            Delivery = ReadDelivery(ref reader),
        };
        reader.End();
        return marker;
    }

    private static DeliveryMode ReadDelivery(ref StateReader reader)
    {
        if (reader.Left == 0)
        {
            return DeliveryMode.ExactlyOnce; // markers of before don't say
        }

        var delivery = (DeliveryMode)reader.Read<byte>();
        return Enum.IsDefined(delivery)
            ? delivery
            : throw new InvalidDataException($"There is no delivery mode {(byte)delivery}.");
    }

    private static long[] ReadOffsets(ref StateReader reader)
    {
        var offsets = new long[reader.ReadCount(MaxSkipped)];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = reader.Read<long>();
        }

        return offsets;
    }

    private static Adoption[] ReadAdoptions(ref StateReader reader)
    {
        var adoptions = new Adoption[reader.ReadCount(MaxAdoptions)];
        for (int i = 0; i < adoptions.Length; i++)
        {
            adoptions[i] = new(ReadText(ref reader), reader.Read<long>(), reader.Read<long>());
        }

        return adoptions;
    }

    private static void WriteText(StateWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(bytes.Length);
        writer.Write<byte>(bytes);
    }

    private static string ReadText(ref StateReader reader) => Encoding.UTF8.GetString(ReadBytes(ref reader));

    private static ReadOnlySpan<byte> ReadBytes(ref StateReader reader) => reader.Take(reader.ReadCount(reader.Left));
}
