using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>The last steps of one series, as the others of its group see them.</summary>
/// <remarks>Mean and scale learn of a step when it leaves: what is seen as of a step never knows a later one. Constant
/// memory, constant time an observation. Not thread-safe.</remarks>
/// <param name="profile">Step and aggregate.</param>
/// <param name="namedKind">What its values are where neither profile nor producer say so.</param>
internal sealed class GroupMember(SeriesProfile profile, ValueKind namedKind)
{
    /// <summary>Steps kept: so many it may be ahead of another member and still be seen with all its lags.</summary>
    private const int Places = SeriesGroup.LagSteps + 12;

    /// <summary>Steps before mean and scale mean anything.</summary>
    private const int LeastSteps = 24;

    private const int SpanSteps = 1_000;
    private const double Limit = 20;
    private const long Never = long.MinValue;

    private readonly StepValue[] steps = new StepValue[Places];
    private ValueKind kind; // of the newest value
    private CounterRate counter;
    private Scaler scaler;
    private long newest = Never;
    private int past; // steps that have left, up to LeastSteps

    /// <summary>Whether it has come at all: the first of running totals gives no value yet, but is remembered.</summary>
    public bool IsHeard => HasNewest || counter.NewestTicks != 0;

    /// <summary>Whether enough is known of it to be seen.</summary>
    public bool IsKnown => past >= LeastSteps;

    /// <summary>Takes an observation; one of a step that has left is of no use.</summary>
    public void Note(in Sample sample)
    {
        kind = profile.Kind != ValueKind.Auto ? profile.Kind
            : sample.Kind != ValueKind.Auto ? sample.Kind
            : namedKind;
        double value = sample.Value;
        if (kind == ValueKind.Counter
            && !counter.TryNext(new Total(sample.TimeTicks, sample.Value, sample.StartTicks), out value))
        {
            return;
        }

        long index = profile.IndexOf(sample.TimeTicks);
        Advance(index);
        if (index > newest - Places)
        {
            steps[index % Places].Add(sample.TimeTicks, value, profile.Aggregate);
        }
    }

    /// <summary>Writes what is seen of it as of a step: its deviation from its mean, then its last values less its newest
    /// one, in units of its own scale, clipped; a step without value has that of the one before.</summary>
    /// <param name="step">Number of the step.</param>
    /// <param name="features">Receives them, [<see cref="SeriesGroup.LagSteps"/>]; all 0 where it is not known, or has no
    /// value in as many steps.</param>
    public void Look(long step, Span<double> features)
    {
        double x = double.NaN;
        for (int lag = features.Length - 1; lag >= 0; lag--)
        {
            x = HasValue(step - lag) ? ValueOf(step - lag) : x;
            features[lag] = x;
        }

        if (!IsKnown || double.IsNaN(x))
        {
            features.Clear();
            return;
        }

        double perUnit = 1 / scaler.Scale;
        features[0] = Math.Clamp((x - scaler.Mean) * perUnit, -Limit, Limit);
        for (int lag = 1; lag < features.Length; lag++)
        {
            double older = features[lag];
            features[lag] = double.IsNaN(older) ? 0 : Math.Clamp((older - x) * perUnit, -Limit, Limit);
        }
    }

    public void WriteTo(StateWriter writer)
    {
        writer.Write((byte)kind);
        writer.Write(newest);
        writer.Write(past);
        counter.WriteTo(writer);
        scaler.WriteTo(writer);
        foreach (ref readonly StepValue step in steps.AsSpan())
        {
            step.WriteTo(writer);
        }
    }

    public void ReadFrom(ref StateReader reader)
    {
        kind = (ValueKind)reader.Read<byte>();
        newest = reader.Read<long>();
        past = reader.Read<int>();
        counter.ReadFrom(ref reader);
        scaler.ReadFrom(ref reader);
        foreach (ref StepValue step in steps.AsSpan())
        {
            step = StepValue.ReadFrom(ref reader);
        }
    }

    private bool HasNewest => newest != Never;

    private bool HasValue(long step) =>
        HasNewest && step >= 0 && step <= newest && step > newest - Places && steps[step % Places].HasValue;

    private double ValueOf(long step) => steps[step % Places].Of(profile.AggregateOf(kind));

    private void Advance(long index)
    {
        newest = HasNewest ? newest : index;
        for (long next = newest + 1; next <= index && next <= newest + Places; next++)
        {
            Leave(ref steps[next % Places]);
        }

        newest = Math.Max(newest, index);
    }

    private void Leave(ref StepValue step)
    {
        if (step.HasValue)
        {
            scaler.Add(step.Of(profile.AggregateOf(kind)), SpanSteps);
            past = Math.Min(past + 1, LeastSteps);
        }

        step = default;
    }
}
