using System.Runtime.InteropServices;
using Streaming.Inference.Series;
using Streaming.Training.Samples;

namespace Streaming.Training.Tests.Samples;

/// <summary>A network must be trained on what it will be fed.</summary>
public sealed class WindowEncoderTests
{
    private const long Step = 17 * TimeSpan.TicksPerMinute;
    private const int Steps = 60;

    private static readonly long start = new DateTime(2024, 12, 30, 0, 0, 0, DateTimeKind.Utc).Ticks / Step * Step;

    private static readonly FeatureList every = FeatureList.Parse(
    [
        "default", "minute", "month", "holiday", "lag:9", "mean:24", "std:24", "min:24", "max:24", "mean:63", "max:7",
        "covariate:load", "covariate-held:load",
    ]);

    [Theory]
    [InlineData("default", Scaling.Standard, 1)]
    [InlineData("every", Scaling.Standard, 2)]
    [InlineData("every", Scaling.MinMax, 3)]
    public void Encode_WindowOfALiveSeries_HasItsFeaturesBitForBit(string features, Scaling scaling, int seed)
    {
        var settings = new ForecasterSettings
        {
            Horizons = [1, 6],
            LagSteps = 8,
            QuantileLevels = [],
            Features = features == "every" ? every : FeatureList.Default,
            Covariates = features == "every" ? ["load"] : [],
            Scaling = scaling,
        };
        var profile = new SeriesProfile
        {
            StepTicks = Step,
            SeasonSteps = 6,
            WindowSteps = 64,
            Holidays = [new DateOnly(2025, 1, 1)],
        };
        var series = new SeriesState(profile, settings, row: 0);

        (List<float> inputs, List<float> skip) = Live(series, settings, new Random(seed));
        EncodedWindow encoded = new WindowEncoder(settings).Encode(WindowSample.Of(series, 7));

        Assert.Equal(Bits(inputs.ToArray()), Bits(encoded.Inputs));
        Assert.Equal(Bits(skip.ToArray()), Bits(encoded.Skip));
    }

    /// <summary>Steps a series as a lane does, and keeps what its network is fed.</summary>
    private static (List<float> Inputs, List<float> Skip) Live(
        SeriesState series, ForecasterSettings settings, Random random)
    {
        var (step, features, scores) = (new SeriesStep(settings), new Features(settings), new LiveScores(2));
        float[] inputs = new float[features.InputCount], skip = new float[features.SkipCount];
        var (allInputs, allSkip) = (new List<float>(), new List<float>());
        var anchors = new Anchors[2];
        for (int t = 0; t < Steps; t++)
        {
            bool isHeld = t > 0 && random.Next(5) == 0;
            double value = isHeld ? double.NaN : (t % 6) + random.NextDouble();
            double load = random.Next(3) == 0 ? double.NaN : random.NextDouble();
            var pending = new PendingStep(series, start + (t * Step), value, isHeld, Restarts: false, Origin: t)
            {
                Covariates = isHeld || settings.Covariates.IsEmpty ? default : new[] { load },
            };
            step.Observe(series, pending, scores);
            step.Anchor(series, anchors);
            features.Write(series, anchors, inputs, skip);
            step.Issue(pending, anchors, new NetworkOutput([0, 0], []), new double[2], []);
            allInputs.AddRange(inputs);
            allSkip.AddRange(skip);
        }

        return (allInputs, allSkip);
    }

    private static int[] Bits(float[] values) => MemoryMarshal.Cast<float, int>(values).ToArray();
}
