using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class LedgerTests
{
    [Fact]
    public void Due_AnyHorizons_IsTheForecastMadeSoManyStepsAgo()
    {
        int[] horizons = [1, 2, 5, 24];
        var ledger = new Ledger(horizons);
        for (int start = 0; start < 3; start++)
        {
            for (int step = 0; step < 100; step++)
            {
                for (int k = 0; k < horizons.Length; k++)
                {
                    ref Ledger.Entry entry = ref ledger.Due(k);
                    Assert.Equal(step >= horizons[k], entry.IsIssued);
                    Assert.Equal(step >= horizons[k] ? (100 * k) + step - horizons[k] : 0, entry.Mixture);
                    entry.Mixture = (100 * k) + step;
                    entry.Scale = 1;
                }

                ledger.Advance();
            }

            ledger.Clear();
        }
    }
}
