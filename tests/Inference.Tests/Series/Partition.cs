using System.Buffers;
using Inference.Tests.Model;
using Streaming.Inference.Experts;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Inference.Tests.Series;

/// <summary>A task without Kafka: series, intake, waves and forecaster, and a note of every step's result.</summary>
internal sealed class Partition
{
    public static readonly ForecasterSettings SmallSettings = new()
    {
        Horizons = [1, 3, 6],
        QuantileLevels = [0.05, 0.5, 0.95],
        LagSteps = 8,
        WarmSteps = 12,
    };

    private readonly Forecaster forecaster;
    private readonly ForecastBlock forecasts;
    private int records;

    public Partition(SeriesProfile[] profiles, ForecasterSettings settings, ModelParameters parameters)
    {
        Served = new(0, ModelWeights.Pack(parameters), 0);
        States = new StateTable(parameters.Shape, profiles.Length);
        forecaster = new Forecaster(settings, parameters.Shape);
        forecasts = new ForecastBlock(settings.Horizons.Length, settings.QuantileLevels.Length);
        Series =
        [
            .. profiles.Select((p, i) => new SeriesState(
                p, settings, States.Rent(), ExpertPlan.Of(p, settings, parameters.Shape.Hidden)) { Tag = IdOf(i) }),
        ];
        Results = [.. profiles.Select(_ => new List<StepResult>())];
        Intake = new Intake(Queue, (a, b) => string.CompareOrdinal((string)a.Tag!, (string)b.Tag!));
    }

    public SeriesState[] Series { get; }

    /// <summary>What steps are under.</summary>
    public ServedWeights Served { get; set; }

    public StateTable States { get; }

    public Intake Intake { get; }

    public PendingSteps Queue { get; } = new();

    public LiveScores Scores => forecaster.Scores;

    /// <summary>Results of all steps so far, per series in the order of its steps.</summary>
    public List<StepResult>[] Results { get; }

    /// <summary>Ids whose ordinal order is not the order of their numbers.</summary>
    public static string IdOf(int series) => $"{series * 7 % 10}-{series}";

    /// <summary>A first model with random head and skip, so that its forecasts are not just its anchors.</summary>
    public static ModelParameters LivelyModel(ForecasterSettings settings, int seed, float range = 0.2f)
    {
        var random = new Random(seed);
        ModelParameters parameters = ModelInitializer.Create(settings.ShapeOf(hidden: 12, layers: 2), seed);
        RandomModel.Floats(random, parameters.HeadWeights.Length, range).CopyTo(parameters.HeadWeights);
        RandomModel.Floats(random, parameters.SkipWeights.Length, range).CopyTo(parameters.SkipWeights);
        RandomModel.Floats(random, parameters.HeadBias.Length, range).CopyTo(parameters.HeadBias);
        return parameters;
    }

    /// <summary>One series in event mode: every value is a step.</summary>
    public static Partition OfEvents(ForecasterSettings settings, ModelParameters parameters, int seasonSteps = 0) =>
        new([new SeriesProfile { StepTicks = 0, SeasonSteps = seasonSteps, WindowSteps = 128 }], settings, parameters);

    /// <summary>Offers a record; its origin is its number.</summary>
    public IntakeResult Offer(StreamRecord record) => Intake.Offer(
        Series[record.Series], record.Sample, records++, record.Covariates);

    /// <summary>Offers the next value of the first series, an hour after the one before, steps and notes it.</summary>
    public void Push(double value)
    {
        Offer(new StreamRecord(0, RandomStream.Start + (records * TimeSpan.TicksPerHour), value));
        StepWaves();
        Note();
    }

    /// <summary>Steps what is pending in waves.</summary>
    public void StepWaves()
    {
        Queue.FormWaves();
        forecasts.Reserve(Queue.Count);
        for (int w = 0; w < Queue.WaveCount; w++)
        {
            forecaster.Step(Served, States, Queue.Steps, Queue.Wave(w), forecasts);
        }
    }

    /// <summary>Steps what is pending one step at a time.</summary>
    public void StepSingly()
    {
        forecasts.Reserve(Queue.Count);
        for (int i = 0; i < Queue.Count; i++)
        {
            if (!Queue.Steps[i].IsSilence)
            {
                forecaster.Step(Served, States, Queue.Steps, [i], forecasts);
            }
        }
    }

    /// <summary>Notes the results of the pending steps and drops these.</summary>
    public void Note()
    {
        for (int i = 0; i < Queue.Count; i++)
        {
            PendingStep step = Queue.Steps[i];
            if (step.IsSilence)
            {
                continue;
            }

            ForecastBlock.Head head = forecasts[i];
            Results[Array.IndexOf(Series, step.Series)].Add(new StepResult(
                step, forecasts.Yhat(i).ToArray(), forecasts.Quantiles(i).ToArray(),
                head.Score, head.Alarm, head.Status));
        }

        Queue.Clear();
    }

    /// <summary>Writes each series and reads it into a partition that has seen nothing, which goes on from here.</summary>
    public Partition Revive(ForecasterSettings settings, ModelParameters parameters)
    {
        var revived = new Partition([.. Series.Select(series => series.Profile)], settings, parameters)
        {
            records = records,
        };
        revived.Intake.Resume(Intake.StreamTimeTicks);
        for (int s = 0; s < Series.Length; s++)
        {
            new SeriesCodec(revived.States).Read(revived.Series[s], BytesOf(s));
            revived.Intake.Resume(revived.Series[s]);
            revived.Results[s].AddRange(Results[s]);
        }

        return revived;
    }

    /// <summary>A series in binary form.</summary>
    public byte[] BytesOf(int series)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new SeriesCodec(States).Write(Series[series], buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>h and c of a series.</summary>
    public float[] StateOf(int series)
    {
        var state = new float[States.RowLength];
        States.CopyTo(Series[series].Row, state);
        return state;
    }
}
