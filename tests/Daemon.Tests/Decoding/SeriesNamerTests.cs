using System.Text;
using CsCheck;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

public class SeriesNamerTests
{
    /// <summary>Few and awkward letters, so that parts collide and need escapes.</summary>
    private static readonly Gen<string> Part =
        Gen.OneOf("a", "b", "\\", ",", "=", "{", "}", "é", "_").Array[0, 3].Select(letters => string.Concat(letters));

    private static readonly Gen<(string Key, string Value)[]> Labels = Gen.Select(Part, Part).Array[0, 5];

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cpu{host=a}", "cpu", "host", "a")]
    [InlineData("cpu{a=1,b=2,c=3}", "cpu", "b", "2", "a", "1", "c", "3")]
    [InlineData("cpu{a=3}", "cpu", "a", "1", "b", "", "a", "3")]
    [InlineData("cpu", "cpu", "a", "1", "a", "")]
    [InlineData("{a=1}", "", "a", "1")]
    [InlineData(@"c\,p\{u\}{a\=b=\\1}", "c,p{u}", "a=b", @"\1")]
    public void End_Examples(string expected, string name, params string[] labels)
    {
        Assert.Equal((RejectReason.None, expected), Name(new(), name, Pairs(labels)));
    }

    [Theory]
    [InlineData("x_bucket", "le", 1)]
    [InlineData("x_bucket", "l", 0)]
    [InlineData("x_buckets", "le", 0)]
    public void End_BucketOfAHistogram_IsLeftOutUnlessAskedFor(string name, string label, int leftOut)
    {
        foreach (InputOptions options in new InputOptions[]
            { new(), new() { DropLabels = ["le"] }, new() { Buckets = true } })
        {
            var namer = new SeriesNamer(options);
            var observations = new ObservationList();
            namer.Begin(Encoding.UTF8.GetBytes(name));
            namer.Label("a"u8, "b"u8);
            namer.Label(Encoding.UTF8.GetBytes(label), "0.5"u8);

            AddOne();
            namer.Rename("x_sum"u8);
            AddOne();
            namer.Rename(Encoding.UTF8.GetBytes(name));
            namer.Rewind(1);
            AddOne();

            int expected = options.Buckets ? 0 : leftOut;
            Assert.Equal((expected, 3 - expected), (observations.LeftOut, observations.Count));

            void AddOne()
            {
                Assert.Equal(RejectReason.None, namer.End(observations));
                Assert.Equal(RejectReason.None, observations.Add(EventTime.MinTicks, 1));
            }
        }
    }

    [Fact]
    public void Rewind_ToLabelsWithABound_LeavesTheBucketOut()
    {
        var namer = new SeriesNamer(new());
        var observations = new ObservationList();
        namer.Begin("x_bucket"u8);
        namer.Label("le"u8, "1"u8);
        int shared = namer.Count;
        namer.Label("a"u8, "b"u8);

        namer.Rewind(shared);
        namer.End(observations);

        Assert.Equal(RejectReason.None, observations.Add(EventTime.MinTicks, double.NaN)); // nobody asked for that either
        Assert.Equal((1, 0), (observations.LeftOut, observations.Count));
    }

    [Theory]
    [InlineData(255, 256, "none")]
    [InlineData(256, 256, "series-too-long")]
    [InlineData(512, 513, "series-too-long")]
    [InlineData(513, 513, "series-too-long")]
    [InlineData(5_000, 5_000, "series-too-long")]
    public void Rename_LongNameAndSuffix_IsRefusedAndNoMore(int name, int suffix, string expected)
    {
        var namer = new SeriesNamer(new InputOptions());
        namer.Begin([]);

        namer.Rename(new byte[name], new byte[suffix]);

        Assert.Equal(expected, namer.End(new ObservationList()).Name());
    }

    [Fact]
    public void End_AnyNameAndLabels_CanBeReadBack()
    {
        Gen.Select(Part, Labels).Sample((name, labels) =>
        {
            (RejectReason reason, string id) = Name(new(), name, labels);

            var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach ((string key, string value) in labels)
            {
                expected[key] = value;
            }

            var kept = expected.Where(label => label.Value.Length > 0).ToList();
            bool isEmpty = name.Length == 0 && kept.Count == 0;
            Assert.Equal(isEmpty ? RejectReason.EmptySeries : RejectReason.None, reason);
            if (!isEmpty)
            {
                (string readName, var readLabels) = Read(id);
                Assert.Equal(name, readName);
                Assert.Equal(kept, readLabels);
            }
        }, iter: 20_000);
    }

    [Fact]
    public void Rewind_ToAnEarlierCount_IsAsIfNothingHadCome()
    {
        Gen.Select(Part.Where(name => name.Length > 0), Labels, Labels.Array[1, 4]).Sample((name, shared, points) =>
        {
            var namer = new SeriesNamer(new());
            var observations = new ObservationList();
            namer.Begin(Utf8("other"));
            Add(namer, shared);
            int count = namer.Count;
            foreach ((string, string)[] own in points)
            {
                namer.Rewind(count);
                namer.Rename(Utf8(name));
                Add(namer, own);

                Assert.Equal(Name(new(), name, [.. shared, .. own]), Id(namer, observations));
            }
        }, iter: 5_000);
    }

    [Theory]
    [InlineData(256, 0, "None")]
    [InlineData(257, 0, "SeriesTooLong")]
    [InlineData(5_000, 0, "SeriesTooLong")]
    [InlineData(100, 154, "None")] // and {k=}
    [InlineData(100, 155, "SeriesTooLong")]
    [InlineData(100, 5_000, "SeriesTooLong")]
    public void End_SpecialLetters_TakeTwoBytes(int nameBytes, int valueBytes, string expected)
    {
        RejectReason reason = Name(new(), new('{', nameBytes), [("k", new('=', valueBytes))]).Reason;

        Assert.Equal(expected, $"{reason}");
    }

    [Theory]
    [InlineData("cpu", "load", "cpu_load")]
    [InlineData("", "load", "load")]
    [InlineData("cpu", "", "cpu")]
    public void Rename_WithSuffix_JoinsWhatThereIs(string name, string suffix, string expected)
    {
        var namer = new SeriesNamer(new());
        namer.Begin(Utf8("other"));
        namer.Label("a"u8, "1"u8);

        namer.Rename(Utf8(name), Utf8(suffix));

        Assert.Equal((RejectReason.None, expected + "{a=1}"), Id(namer, new()));
    }

    [Theory]
    [InlineData("", "", "pod,host,job")]
    [InlineData("", "p*", "host,job")]
    [InlineData("?o*", "", "pod,host,job")]
    [InlineData("host", "", "host")]
    [InlineData("h*,pod", "po?", "host")]
    public void Label_Filtered_IsLeftOut(string keep, string drop, string expected)
    {
        var options = new InputOptions { KeepLabels = Patterns(keep), DropLabels = Patterns(drop) };

        (RejectReason reason, string id) = Name(options, "n", [("pod", "x"), ("host", "x"), ("job", "x")]);

        IEnumerable<string> labels = expected.Split(',').Order(StringComparer.Ordinal).Select(label => $"{label}=x");
        Assert.Equal((RejectReason.None, $"n{{{string.Join(',', labels)}}}"), (reason, id));
    }

    [Fact]
    public void End_Labels_MayBe64WithoutTheDroppedOnes()
    {
        var options = new InputOptions { DropLabels = ["drop*"] };
        (string, string)[] labels = [.. Enumerable.Range(0, 64).Select(i => ($"{i}", "x"))];

        Assert.Equal(RejectReason.None, Name(options, "n", [.. labels, ("drop", "x")]).Reason);
        Assert.Equal(RejectReason.TooManyLabels, Name(options, "n", [.. labels, ("more", "x")]).Reason);
        Assert.Equal(RejectReason.TooManyLabels, Name(options, "n", [.. labels, .. labels]).Reason);
    }

    [Theory]
    [InlineData(512, 0, "None")]
    [InlineData(513, 0, "SeriesTooLong")]
    [InlineData(100_000, 0, "SeriesTooLong")]
    [InlineData(100, 408, "None")] // and {k=}
    [InlineData(100, 409, "SeriesTooLong")]
    [InlineData(100, 100_000, "SeriesTooLong")]
    public void End_Id_MayHave512Bytes(int nameBytes, int valueBytes, string expected)
    {
        RejectReason reason = Name(new(), new('n', nameBytes), [("k", new('v', valueBytes))]).Reason;

        Assert.Equal(expected, $"{reason}");
    }

    [Fact]
    public void End_Warm_AllocatesNothing()
    {
        var namer = new SeriesNamer(new InputOptions { KeepLabels = ["host", "é*"], DropLabels = ["pod"] });
        var observations = new ObservationList();
        byte[] key = Utf8("été"), value = Utf8("a=b"), longValue = new byte[400];

        Assert.Equal(0, Allocation.Least(() =>
        {
            observations.Clear();
            namer.Begin("cpu"u8);
            namer.Label("pod"u8, longValue);
            namer.Label(key, value);
            namer.Label("host"u8, value);
            namer.End(observations);
        }));
    }

    private static (RejectReason Reason, string Id) Name(InputOptions options, string name, (string, string)[] labels)
    {
        var namer = new SeriesNamer(options);
        namer.Begin(Utf8(name));
        Add(namer, labels);
        return Id(namer, new());
    }

    private static (RejectReason Reason, string Id) Id(SeriesNamer namer, ObservationList observations)
    {
        RejectReason reason = namer.End(observations);
        if (reason != RejectReason.None)
        {
            return (reason, "");
        }

        observations.Add(EventTime.MinTicks, 1);
        return (reason, Encoding.UTF8.GetString(observations[observations.Count - 1].SeriesId));
    }

    private static void Add(SeriesNamer namer, (string Key, string Value)[] labels)
    {
        foreach ((string key, string value) in labels)
        {
            namer.Label(Utf8(key), Utf8(value));
        }
    }

    /// <summary>The slow way back: splits at what no backslash stands before.</summary>
    private static (string Name, List<KeyValuePair<string, string>> Labels) Read(string id)
    {
        var parts = new List<string>();
        var ends = new StringBuilder();
        var part = new StringBuilder();
        for (int i = 0; i < id.Length; i++)
        {
            if ("{=,}".Contains(id[i], StringComparison.Ordinal))
            {
                ends.Append(id[i]);
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                i += id[i] == '\\' ? 1 : 0;
                part.Append(id[i]);
            }
        }

        if (ends.Length == 0)
        {
            return (part.ToString(), []);
        }

        Assert.Equal(0, part.Length);
        Assert.Matches("^{=(,=)*}$", ends.ToString());
        return (parts[0], [.. Enumerable.Range(0, parts.Count / 2).Select(
            i => KeyValuePair.Create(parts[(2 * i) + 1], parts[(2 * i) + 2]))]);
    }

    private static (string, string)[] Pairs(string[] texts) =>
        [.. texts.Chunk(2).Select(pair => (pair[0], pair[1]))];

    private static string[] Patterns(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
