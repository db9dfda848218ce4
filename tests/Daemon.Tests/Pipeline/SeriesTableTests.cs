using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;

namespace Daemon.Tests.Pipeline;

public sealed class SeriesTableTests
{
    [Fact]
    public void Find_AddedBytes_IsTheSameSeries()
    {
        SeriesTable table = Table(maxSeries: 10_000);
        var rows = new HashSet<int>();
        for (int i = 0; i < 3_000; i++)
        {
            Assert.Null(table.Find(Encoding.UTF8.GetBytes($"series {i}")));
            SeriesState series = table.Add(Encoding.UTF8.GetBytes($"series {i}"), 0);
            Assert.True(rows.Add(series.Row));
            Assert.Same(series, table.Find(Encoding.UTF8.GetBytes($"series {i}")));
            Assert.Equal($"\"series {i}\"", Encoding.UTF8.GetString(SeriesIdentity.Of(series).JsonId));
        }

        Assert.Equal(3_000, table.Count);
        Assert.True(table.EstimateBytes() > 3_000 * 400);
    }

    [Fact]
    public void Add_RuleTakesIt_HasItsProfile()
    {
        SeriesTable table = Table(maxSeries: 2);

        Assert.True(table.Add("e1"u8, 0).Profile.IsEventMode);
        Assert.False(table.Add("g1"u8, 0).Profile.IsEventMode);
    }

    [Fact]
    public void Rows_SeriesComeAndGo_EachHasOnePlaceAsLongAsItIsKept()
    {
        SeriesTable table = Table(maxSeries: 10_000);
        var random = new Random(7);
        var places = new Dictionary<SeriesState, int>();
        for (int i = 0; i < 6_000; i++)
        {
            int choice = random.Next(4);
            SeriesState series = choice < 2 || places.Count == 0
                ? table.Add(Encoding.UTF8.GetBytes($"series {i}"), 0)
                : places.Keys.ElementAt(random.Next(places.Count));
            if (places.TryAdd(series, series.Row))
            {
                continue;
            }

            places.Remove(series);
            if (choice == 2)
            {
                table.Drop(SeriesIdentity.Of(series).Id);
            }
            else
            {
                table.Remove(series);
                table.FreeRows();
            }
        }

        Assert.All(places, place => Assert.Same(place.Key, table.Rows[place.Value]));
        Assert.Equal(places.Count, Enumerable.Range(0, table.Rows.Count).Count(row => table.Rows[row] is not null));
    }

    private static SeriesTable Table(int maxSeries)
    {
        ForecasterOptions options = Pod.SmallOptions();
        ForecasterSettings settings = PipelineServices.SettingsOf(options);
        return new SeriesTable(new RuleBook(options), settings, settings.ShapeOf(4, 1), maxSeries);
    }
}
