using System.Threading.Channels;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Serving;
using Streaming.Inference.Series;
using Streaming.Training.Samples;

namespace Streaming.Daemon.Tuning;

/// <summary>Where tasks leave copies of windows for the trainer. When its channel is full the oldest copy goes and is
/// counted: nothing that a promise depends on passes through here.</summary>
internal sealed class SampleTap
{
    private readonly Channel<WindowSample> channel;
    private readonly int everySteps;
    private readonly int leastSteps;
    private readonly int bufferWindows;
    private volatile int oneIn = 1;

    public SampleTap(ForecasterOptions options, ForecasterMetrics metrics)
    {
        everySteps = options.Training.ChunkSteps;
        leastSteps = 3 * options.Training.ChunkSteps;
        bufferWindows = options.Training.BufferWindows;
        channel = Channel.CreateBounded<WindowSample>(
            new BoundedChannelOptions(options.Training.QueueWindows)
            {
                FullMode = BoundedChannelFullMode.DropOldest,
                SingleReader = true,
            },
            _ => metrics.TrainingWindowsDropped.Inc());
    }

    /// <summary>The trainer's end.</summary>
    public ChannelReader<WindowSample> Reader => channel.Reader;

    /// <summary>Tells how many series there are, so that no more are sampled than the trainer keeps.</summary>
    public void Expect(long series) => oneIn = (int)Math.Max(1, (series + bufferWindows - 1) / bufferWindows);

    /// <summary>Leaves a copy of a series' window, if it is one that is sampled and has moved on enough.</summary>
    public void Offer(SeriesState series)
    {
        SeriesIdentity identity = SeriesIdentity.Of(series);
        long next = Math.Min(identity.NextSampleSteps, series.Steps + everySteps); // after a restart steps begin anew
        identity.NextSampleSteps = next;
        if (series.Steps < Math.Max(next, leastSteps) || identity.Hash % (uint)oneIn != 0)
        {
            return;
        }

        identity.NextSampleSteps = series.Steps + everySteps;
        channel.Writer.TryWrite(WindowSample.Of(series, identity.Hash));
    }
}
