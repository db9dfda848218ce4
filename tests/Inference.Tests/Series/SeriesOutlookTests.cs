using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class SeriesOutlookTests
{
    private static readonly ForecasterSettings Settings = Partition.SmallSettings;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TryRead_AfterEachStep_GivesTheBitsThatWereIssuedAndChangesNone(int seed)
    {
        var random = new Random(seed);
        SeriesProfile[] profiles = RandomStream.Profiles(random, 6);
        ModelParameters model = Partition.LivelyModel(Settings, seed);
        var partition = new Partition(profiles, Settings, model);
        var outlook = new SeriesOutlook(Settings);
        double[] yhat = new double[3], quantiles = new double[9];
        int compared = 0;
        foreach (StreamRecord record in RandomStream.Records(random, profiles, 1_500))
        {
            partition.Offer(record);
            partition.StepSingly();
            partition.Note();
            SeriesState series = partition.Series[record.Series];
            byte[] before = partition.BytesOf(record.Series);

            bool isKnown = outlook.TryRead(series, yhat, quantiles);

            Assert.Equal(series.Steps > 0, isKnown);
            Assert.Equal(before, partition.BytesOf(record.Series));
            if (isKnown)
            {
                StepResult last = partition.Results[record.Series][^1];
                Assert.Equal(last.Yhat, yhat);
                Assert.Equal(last.Quantiles, quantiles);
                compared++;
            }
        }

        Assert.InRange(compared, 500, int.MaxValue);
    }

    [Fact]
    public void TryRead_RevivedSeries_GivesWhatWasIssuedBefore()
    {
        ModelParameters model = Partition.LivelyModel(Settings, 4);
        Partition partition = Partition.OfEvents(Settings, model);
        for (int i = 0; i < 60; i++)
        {
            partition.Push(i % 7);
        }

        double[] yhat = new double[3], quantiles = new double[9];
        Partition revived = partition.Revive(Settings, model);

        Assert.True(new SeriesOutlook(Settings).TryRead(revived.Series[0], yhat, quantiles));
        Assert.Equal(partition.Results[0][^1].Yhat, yhat);
        Assert.Equal(partition.Results[0][^1].Quantiles, quantiles);
    }

    [Fact]
    public void TryRead_WrongLengths_Throws()
    {
        Partition partition = Partition.OfEvents(Settings, Partition.LivelyModel(Settings, 4));

        Assert.Throws<ArgumentException>(
            () => new SeriesOutlook(Settings).TryRead(partition.Series[0], new double[2], new double[9]));
    }
}
