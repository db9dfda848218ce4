using System.Text;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Daemon.Serving.Api;

namespace Daemon.Tests.Serving.Api;

public sealed class SeriesSnapshotTests
{
    private static readonly double[] Ratios = [1, 2, 0.5, double.NaN];

    /// <summary>Ids in no order, with ratios and scores of few values, so that many are the same.</summary>
    private static readonly SeriesRank[] Ranks =
    [
        .. Enumerable.Range(0, 2_000).Select(i => new SeriesRank(
            Encoding.UTF8.GetBytes($"s{i * 7_919 % 2_000:0000}"), 0, 0, default, 0, 0, 0, null, Ratios[i % 4],
            (float)Ratios[i / 4 % 4])),
    ];

    [Theory]
    [InlineData((int)SeriesOrder.Worst)]
    [InlineData((int)SeriesOrder.Anomaly)]
    [InlineData((int)SeriesOrder.Id)]
    public void Page_Order_IsThatOfAStableSortById(int order)
    {
        double KeyOf(SeriesRank rank) => (SeriesOrder)order switch
        {
            SeriesOrder.Worst => rank.ErrorRatio,
            SeriesOrder.Anomaly => rank.Score,
            _ => 0,
        };
        SeriesRank[] expected =
        [
            .. Ranks.OrderByDescending(rank => double.IsNaN(KeyOf(rank)) ? -1 : KeyOf(rank))
                .ThenBy(rank => Encoding.UTF8.GetString(rank.Id), StringComparer.Ordinal),
        ];

        Assert.Equal(expected, new SeriesSnapshot(default, Ranks).Page((SeriesOrder)order, [], 0, int.MaxValue).Items);
    }

    [Theory]
    [InlineData("", 0, 50)]
    [InlineData("", 1_990, 50)]
    [InlineData("", 3_000, 50)]
    [InlineData("S19", 0, 50)]
    [InlineData("s19", 90, 50)]
    [InlineData("none", 0, 50)]
    public void Page_TextWithinIds_IsThatPartOfAllThatMatch(string sought, int from, int most)
    {
        var snapshot = new SeriesSnapshot(default, Ranks);
        SeriesRank[] matching =
        [
            .. snapshot.Page(SeriesOrder.Id, [], 0, int.MaxValue).Items.Where(rank => Encoding.UTF8.GetString(rank.Id)
                .Contains(sought, StringComparison.OrdinalIgnoreCase)),
        ];

        (SeriesRank[] items, int total) = snapshot.Page(SeriesOrder.Id, Encoding.UTF8.GetBytes(sought), from, most);

        Assert.Equal(matching.Length, total);
        Assert.Equal(matching.Skip(from).Take(most), items);
    }
}
