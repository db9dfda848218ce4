using System.Text;
using CsCheck;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

public class InfluxDecoderTests
{
    private const string Time = "2023-11-14T22:13:20";

    private static readonly InputOptions options = new() { Format = InputFormat.Influx };

    public static TheoryData<string, string[]> Accepted => new()
    {
        {
            "cpu,host=a usage_idle=91.2,usage_user=4i 1700000000000000000",
            [$"cpu_usage_idle{{host=a}} {Time} 91.2", $"cpu_usage_user{{host=a}} {Time} 4"]
        },
        { "m f=1", [$"m_f {Time} 1"] },
        { "\uFEFFm f=-1.5e3 1700000000", [$"m_f {Time} -1500"] },
        { "m a=1.,b=4u,c=-9223372036854775808i,d=18446744073709551615u 1700000000123",
            [$"m_a {Time}.123 1", $"m_b {Time}.123 4", $"m_c {Time}.123 -9.223372036854776E+18",
                $"m_d {Time}.123 1.8446744073709552E+19"] },
        { "m a=t,b=TRUE,c=F,d=false", [$"m_a {Time} 1", $"m_b {Time} 1", $"m_c {Time} 0", $"m_d {Time} 0"] },
        { "m s=\"a b,c=1 \\\" \\\\\",f=1", [$"m_f {Time} 1"] },
        { "m s=\"two\nlines\" 1700000000\nm f=1", [$"m_f {Time} 1"] },
        { "\n# c=1 f=1\r\n\r\n m,a=b f=1 \r\n", [$"m_f{{a=b}} {Time} 1"] },
        { "m f=1   1700000000000000\nn,z=1,a=2 f=2", [$"m_f {Time} 1", $"n_f{{a=2,z=1}} {Time} 2"] },
        { @"my\ m\,x,a\ b\=c=d\,\ \=e k\ \=\,=1 1700000000", [$@"my m\,x_k \=\,{{a b\=c=d\, \=e}} {Time} 1"] },
        { @"m,path=C:\Users\x f=1", [$@"m_f{{path=C:\\Users\\x}} {Time} 1"] },
        { "m,q=\"x\",empty= f=1", [$"m_f{{q=\"x\"}} {Time} 1"] },
        { "m,q=\"x f=1", [$"m_f{{q=\"x}} {Time} 1"] }, // a quote is a letter but at the start of a field's value
    };

    [Theory, MemberData(nameof(Accepted))]
    public void Decode_GoodLines_ReadsTheirFields(string lines, string[] expected)
    {
        var decoded = DecodedText.Of(lines, options);

        Assert.Equal("none", decoded.Reason);
        Assert.Equal(expected, decoded.Observations);
    }

    [Theory]
    [InlineData("none", "m s=\"text\"")] // nothing that can be forecast
    [InlineData("none", "# a comment")]
    [InlineData("bad-line", "m")]
    [InlineData("bad-line", "m ")]
    [InlineData("bad-line", "m f")]
    [InlineData("bad-line", "m =1")]
    [InlineData("bad-line", "m, f=1")]
    [InlineData("bad-line", "m,a f=1")]
    [InlineData("bad-line", "m,=a f=1")]
    [InlineData("bad-line", ",a=b f=1")]
    [InlineData("bad-line", "m s=\"open 1700000000")]
    [InlineData("bad-line", "m s=\"x\"y 1700000000")]
    [InlineData("bad-value", "m f= 1700000000")]
    [InlineData("bad-value", "m f=x")]
    [InlineData("bad-value", "m f=1.5i")]
    [InlineData("bad-value", "m f=-1u")]
    [InlineData("bad-value", "m f=i")]
    [InlineData("bad-time", "m f=1 yesterday")]
    [InlineData("bad-time", "m f=1 1700000000 1")]
    [InlineData("absurd-time", "m f=1 -1")]
    [InlineData("not-finite", "m f=NaN")]
    [InlineData("not-finite", "m f=1e999")]
    [InlineData("bad-utf8", "mÿ f=1")]
    public void Decode_BadLine_SaysWhyAndTakesTheOthers(string expected, string line)
    {
        byte[] bytes = [.. Utf8(line), .. Utf8("\ngood f=1")];

        var decoded = DecodedText.Of(new(options), bytes);

        Assert.Equal(line.Contains("open", StringComparison.Ordinal) ? [] : [$"good_f {Time} 1"], decoded.Observations);
        Assert.Equal(expected, decoded.Reason);
    }

    [Fact]
    public void Decode_BadField_LeavesTheOthersOfItsLine()
    {
        var decoded = DecodedText.Of("m a=1,b=x,c=3", options);

        Assert.Equal([$"m_a {Time} 1", $"m_c {Time} 3"], decoded.Observations);
        Assert.Equal("bad-value", decoded.Reason);
    }

    [Fact]
    public void Decode_NoTimeAnywhere_IsMissingTime() =>
        Assert.Equal("missing-time", DecodedText.Of("m f=1", options, timestampMs: -1).Reason);

    [Fact]
    public void Decode_TooManyFields_RefusesTheRecord()
    {
        string fields = string.Join(',', Enumerable.Range(0, ObservationList.MaxObservations + 1).Select(i => $"f{i}=1"));

        var decoded = DecodedText.Of($"m {fields}", options);

        Assert.Equal("too-many", decoded.Reason);
        Assert.Empty(decoded.Observations);
    }

    [Fact]
    public void Decode_WhatTheProtocolsRulesWrite_IsReadBack()
    {
        Gen<string> part = Gen.OneOf("a", "b", ",", "=", " ", "{", "}", "é").Array[1, 4]
            .Select(letters => string.Concat(letters));
        Gen.Select(part, Gen.Select(part, part).Array[0, 3], part, Gen.Int[-99, 99]).Sample((name, tags, field, value) =>
        {
            string line = Escape(name) + string.Concat(tags.Select(tag => $",{Escape(tag.Item1)}={Escape(tag.Item2)}"))
                + $" {Escape(field)}={value}i 1700000000000000000";

            var namer = new SeriesNamer(new());
            namer.Begin(Utf8($"{name}_{field}"));
            foreach ((string key, string tag) in tags)
            {
                namer.Label(Utf8(key), Utf8(tag));
            }

            var expected = new ObservationList();
            namer.End(expected);
            expected.Add(EventTime.MinTicks, value);
            var decoder = new RecordDecoder(options);
            Assert.Equal(RejectReason.None, decoder.Decode(new() { Value = Utf8(line) }));
            Assert.Equal(1, decoder.Observations.Count);
            Assert.True(expected[0].SeriesId.SequenceEqual(decoder.Observations[0].SeriesId), line);
            Assert.Equal(value, decoder.Observations[0].Value);
        }, iter: 20_000);
    }

    [Fact]
    public void Decode_Warm_AllocatesNothing()
    {
        byte[] record = Utf8("cpu,host=a\\ b,region=eu usage=91.2,user=4i,s=\"x\",ok=t 1700000000000000000\nbad\nm f=NaN");
        var decoder = new RecordDecoder(options);

        Assert.Equal(0, Allocation.Least(() => decoder.Decode(new() { Value = record, TimestampMs = 1 })));
    }

    /// <summary>A leading '#' would start a comment; the generator has none.</summary>
    private static string Escape(string text) => text
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("=", "\\=", StringComparison.Ordinal)
        .Replace(" ", "\\ ", StringComparison.Ordinal);

    /// <summary>UTF-8, but for ÿ, which becomes the byte 255: there is none such in UTF-8.</summary>
    private static byte[] Utf8(string text) =>
        [.. text.SelectMany(c => c == 'ÿ' ? [0xff] : Encoding.UTF8.GetBytes([c]))];
}
