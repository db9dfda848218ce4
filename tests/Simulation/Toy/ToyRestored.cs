namespace Simulation.Toy;

/// <summary>What the state partition holds of a task: its marker, the states, the deaths.</summary>
internal sealed class ToyRestored
{
    public ToyMarker? Marker { get; private set; }

    public Dictionary<int, ToySeries> Series { get; } = [];

    public Dictionary<(int Series, long Died), ToyLife> Deaths { get; } = [];

    /// <summary>Takes one record of the state partition, in the order of the log.</summary>
    public void Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool isNull)
    {
        if (key.SequenceEqual(ToyMarker.Key))
        {
            Marker = ToyMarker.Read(value);
        }
        else if (ToyLife.IsKey(key))
        {
            var place = (BitConverter.ToInt32(key[1..]), BitConverter.ToInt64(key[5..]));
            Deaths.Remove(place);
            if (!isNull)
            {
                Deaths.Add(place, ToyLife.Read(key, value));
            }
        }
        else
        {
            int series = BitConverter.ToInt32(key[1..]);
            Series.Remove(series);
            if (!isNull)
            {
                Series.Add(series, ToySeries.Read(series, value));
            }
        }
    }
}
