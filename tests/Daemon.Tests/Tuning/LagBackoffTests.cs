using Streaming.Daemon.Tuning;

namespace Daemon.Tests.Tuning;

public sealed class LagBackoffTests
{
    [Fact]
    public void Look_LagGrows_HalvesDownToAThirtySecond()
    {
        double[] factors = Factors(200, 300, 400, 500, 600, 700, 800);

        Assert.Equal([0.5, 0.25, 0.125, 0.0625, 0.03125, 0.03125, 0.03125], factors);
    }

    [Fact]
    public void Look_LagShrinksOrStays_DoublesBack() =>
        Assert.Equal([0.5, 0.25, 0.5, 1, 1], Factors(200, 300, 300, 250, 240));

    [Fact]
    public void Look_HarmlessLag_ChangesNothing() => Assert.Equal([1.0, 1, 1], Factors(10, 50, 100));

    private static double[] Factors(params long[] lags)
    {
        var backoff = new LagBackoff(harmlessRecords: 100);
        return
        [
            .. lags.Select(lag =>
            {
                backoff.Look(lag);
                return backoff.Factor;
            }),
        ];
    }
}
