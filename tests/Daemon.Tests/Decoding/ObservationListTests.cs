using System.Text;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

public class ObservationListTests
{
    [Fact]
    public void SetSeries_WithoutObservations_GivesItsRoomBack()
    {
        var list = new ObservationList();
        byte[] id = new byte[500];

        long allocated = Allocation.Least(() =>
        {
            list.Clear();
            for (int i = 0; i < 10_000; i++)
            {
                list.SetSeries(id);
                list.Add(EventTime.MinTicks, double.NaN);
            }
        });

        Assert.Equal(0, allocated);
        Assert.Equal(RejectReason.None, list.SetSeries("a"u8));
        Assert.Equal(RejectReason.None, list.Add(EventTime.MinTicks, 1));
        Assert.Equal("a"u8, list[0].SeriesId);
    }

    [Fact]
    public void SetUnit_HoldsForWhatComesAfter_AndIsSetBackByClear()
    {
        var list = new ObservationList();
        Add("first");
        list.SetUnit("ms"u8);
        Add("second");
        list.SetUnit("unused"u8);
        list.SetUnit("By"u8);
        Add("third");
        Add("fourth");
        list.SetUnit("\n"u8); // is none
        Add("fifth");

        Assert.Equal(["", "ms", "By", "By", ""], Units());

        list.SetUnit("ms"u8);
        list.Clear();
        Add("sixth");

        Assert.Equal([""], Units());

        string[] Units() => [.. Decoded.All(list).Select(observation => observation.Unit)];

        void Add(string id)
        {
            list.SetSeries(Encoding.UTF8.GetBytes(id));
            list.Add(EventTime.MinTicks, 1);
        }
    }

    [Fact]
    public void SetSeries_AfterObservations_KeepsTheirIds()
    {
        var list = new ObservationList();

        list.SetSeries("first"u8);
        list.Add(EventTime.MinTicks, 1);
        list.SetSeries("unused"u8);
        list.SetSeries("second"u8);
        list.Add(EventTime.MinTicks, 2);
        list.Add(EventTime.MinTicks, 3);

        Assert.Equal("first"u8, list[0].SeriesId);
        Assert.Equal("second"u8, list[1].SeriesId);
        Assert.Equal("second"u8, list[2].SeriesId);
    }
}
