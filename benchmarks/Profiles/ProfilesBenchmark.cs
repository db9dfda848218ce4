using System.Globalization;
using System.Text.Json;
using Streaming.Inference.Experts;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Benchmarks.Profiles;

/// <summary>
/// Bytes and time of a series-step in each profile, by formula and measured: hourly steps, a season of a day, a window of
/// four weeks, a network of 2 × 32.
/// </summary>
/// <remarks>
/// Time by formula is a · experts · horizons + bytes ÷ b: what mixing and settling take, and the way of a series' state
/// from memory and back, which is what linear experts take. a and b are of the machine, fitted to what is measured.
/// </remarks>
internal static class ProfilesBenchmark
{
    private const int Hidden = 32;
    private const int Layers = 2;

    private static readonly (string Name, int[] Steps)[] Horizons =
        [("1,6,24", [1, 6, 24]), ("1..48", [.. Enumerable.Range(1, 48)])];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static int Run(string[] args)
    {
        if (args.Any(argument => argument != "--json"))
        {
            Console.Error.WriteLine("Usage: benchmarks profiles [--json]");
            return 2;
        }

        ProfileResult[] measured =
        [
            .. from horizons in Horizons
            from profile in Enum.GetValues<ExpertProfile>()
            select Measure(profile, horizons.Name, horizons.Steps),
        ];
        (double a, double b) = Fit(measured);
        ProfileResult[] results =
        [
            .. measured.Select(one => one with
            {
                FittedMicroseconds = Math.Round((a * one.ExpertHorizons) + (b * one.Bytes), 1),
            }),
        ];
        Console.WriteLine(args.Length > 0 ? JsonSerializer.Serialize(results, Json) : Text(results, a, b));
        return 0;
    }

    private static ProfileResult Measure(ExpertProfile experts, string name, int[] horizons)
    {
        var profile = new SeriesProfile
        {
            StepTicks = TimeSpan.TicksPerHour,
            Kind = ValueKind.Gauge,
            SeasonSteps = 24,
            Experts = experts,
        };
        var settings = new ForecasterSettings { Horizons = [.. horizons] };
        ModelShape shape = settings.ShapeOf(Hidden, Layers);
        long bytes = SeriesMemory.BytesOf(profile, settings, shape);
        int series = (int)Math.Clamp((64 << 20) / bytes, 16, 256);
        var fleet = new ProfileFleet(profile, settings, ModelInitializer.Create(shape, seed: 1), series);
        return new(
            experts.ToString().ToLowerInvariant(), name, bytes, fleet.MeasuredBytes,
            ExpertPlan.Of(profile, settings, Hidden).Names.Length * horizons.Length, Math.Round(fleet.MeasureMicroseconds(), 1), 0);
    }

    /// <summary>Least squares of relative errors, so that the cheap profiles count as much as the dear ones.</summary>
    private static (double A, double B) Fit(ProfileResult[] results)
    {
        double s11 = 0, s12 = 0, s22 = 0, t1 = 0, t2 = 0;
        foreach (ProfileResult one in results)
        {
            double x1 = one.ExpertHorizons / one.Microseconds, x2 = one.Bytes / one.Microseconds;
            (s11, s12, s22, t1, t2) = (s11 + (x1 * x1), s12 + (x1 * x2), s22 + (x2 * x2), t1 + x1, t2 + x2);
        }

        double determinant = (s11 * s22) - (s12 * s12);
        return (((t1 * s22) - (t2 * s12)) / determinant, ((t2 * s11) - (t1 * s12)) / determinant);
    }

    private static string Text(ProfileResult[] results, double a, double b) => string.Join(
        '\n',
        (string[])
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"Time by formula: {a:f2} µs × experts × horizons + bytes ÷ {1e-3 / b:f1} KB/µs."),
            "",
            "| profile | horizons | bytes, by formula | measured | experts × horizons | µs a step, measured | by formula |",
            "| --- | --- | --- | --- | --- | --- | --- |",
            .. results.Select(one => string.Create(
                CultureInfo.InvariantCulture,
                $"| `{one.Profile}` | {one.Horizons} | {one.Bytes:n0} | {one.MeasuredBytes:n0} | {one.ExpertHorizons} "
                + $"| {one.Microseconds:f1} | {one.FittedMicroseconds:f1} |")),
        ]);
}
