using System.Buffers;
using System.Text;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Daemon.Tests.Pipeline.Questions;

/// <summary>Every series of a lane, bit for bit.</summary>
internal sealed class StateBits : LaneQuestion<SortedDictionary<string, string>>
{
    protected override bool TryAnswer(LaneView lane, out SortedDictionary<string, string> found)
    {
        found = [];
        foreach (PartitionTask task in lane.Tasks)
        {
            var codec = new SeriesCodec(task.Series.States);
            foreach (SeriesState series in task.Series.All)
            {
                var bytes = new ArrayBufferWriter<byte>();
                codec.Write(series, bytes);
                found[$"{task.Partition}/{Encoding.UTF8.GetString(SeriesIdentity.Of(series).Id)}"] =
                    Convert.ToHexString(bytes.WrittenSpan);
            }
        }

        return true;
    }
}
