using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Decoding.Schemas;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Decoding.Schemas;

public class ProtobufDecoderTests
{
    private const string Types = """
        syntax = "proto3";
        message Types {
          enum Color { RED = 0; BLUE = 1; }
          double double = 1; float float = 2; int32 int32 = 3; int64 int64 = 4; uint32 uint32 = 5; uint64 uint64 = 6;
          sint32 sint32 = 7; sint64 sint64 = 8; fixed32 fixed32 = 9; fixed64 fixed64 = 10; sfixed32 sfixed32 = 11;
          sfixed64 sfixed64 = 12; bool bool = 13; string string = 14; bytes bytes = 15; Color color = 16;
          optional int32 maybe = 17; repeated int32 many = 18; Types inner = 19;
        }
        """;

    private static readonly byte[] reading = Readings.Bytes("reading_proto.bin");

    [Theory]
    [InlineData("meta.sensor", "at", "temp", "pump/ö at 20.5")]
    [InlineData("count", "at", "count", "7 at 7")]
    [InlineData("meta.sensor", "at", "level", "missing-value")]
    [InlineData("meta.sensor", "at", "none", "missing-value")]
    [InlineData("meta.sensor", "at.seconds", "temp", "pump/ö 2024-01-31T23:59:42.0000000 20.5")]
    [InlineData("meta", "at", "temp", "missing-series")]
    [InlineData("meta.tags.site", "at", "temp", "missing-series")]
    [InlineData("history", "at", "temp", "missing-series")]
    public void Decode_BytesOfAnotherLibrary_ReadsThePaths(string series, string time, string value, string expected)
    {
        InputOptions options = Readings.Options(InputFormat.Protobuf, series, time, value);

        Assert.Equal(expected, Readings.Decode(options, reading));
    }

    [Theory]
    [InlineData("00 00000102 02 02", null, "pump/ö at 20.5")] // the second message
    [InlineData("01 00112233445566778899aabbccddeeff 02 02", null, "pump/ö at 20.5")]
    [InlineData("00 00000102 00", "plant.Reading", "pump/ö at 20.5")]
    [InlineData("00 00000102 00", null, "missing-series")] // the first
    [InlineData("00 00000102 02 00", null, "missing-series")]
    [InlineData("00 00000102 04 02 00", null, "missing-series")] // Meta in it
    [InlineData("00 00000102 02 04", null, "unknown-schema")]
    [InlineData("00 00000102 02 01", null, "not-framed")]
    [InlineData("00 00000102 7E", null, "not-framed")]
    [InlineData("02 00000102 02 02", null, "not-framed")]
    public void Decode_Frame_NamesTheMessage(string frame, string? message, string expected)
    {
        InputOptions options = Readings.Options(InputFormat.Protobuf).Without(SchemaFraming.Confluent, message);
        byte[] value = [.. Hex(frame), .. reading[(Readings.FrameBytes + 2)..]];

        Assert.Equal(expected, Readings.Decode(options, value));
    }

    [Theory]
    [InlineData("01 00112233445566778899aabbccddeeff 02 02", "pump/ö at 20.5")]
    [InlineData("01 00112233445566778899aabbccddeeff", "missing-series")] // the first message
    [InlineData("01 0011", "not-framed")]
    public void Decode_FrameInHeader_NamesTheMessage(string header, string expected)
    {
        var headers = new MessageHeaders();
        headers.Add("__value_schema_id"u8, Hex(header));
        var batch = new RecordBatch(1);
        batch.Add(0, 0, 0, default, reading.AsSpan(Readings.FrameBytes + 2), headers);
        InputOptions options = Readings.Options(InputFormat.Protobuf);

        Assert.Equal(expected, Readings.Decode(options, batch.Value(0).ToArray(), batch.Headers(0)));
    }

    [Theory]
    [InlineData("plant.Reading", "pump/ö at 20.5")]
    [InlineData("plant.Reading.Meta", "missing-series")]
    [InlineData(null, "missing-series")]
    public void Decode_NoFraming_IsTheConfiguredMessageOrTheFirst(string? message, string expected)
    {
        InputOptions options = Readings.Options(InputFormat.Protobuf).Without(SchemaFraming.None, message);

        Assert.Equal(expected, Readings.Decode(options, reading[(Readings.FrameBytes + 2)..]));
    }

    [Theory]
    [InlineData("double", "09 000000000000F8BF", -1.5)]
    [InlineData("float", "15 0000C0BF", -1.5)]
    [InlineData("int32", "18 FEFFFFFFFFFFFFFFFF01", -2)]
    [InlineData("int64", "20 FEFFFFFFFFFFFFFFFF01", -2)]
    [InlineData("uint32", "28 FFFFFFFF0F", 4294967295)]
    [InlineData("uint64", "30 FFFFFFFFFFFFFFFFFF01", 18446744073709551615d)]
    [InlineData("sint32", "38 03", -2)]
    [InlineData("sint64", "40 03", -2)]
    [InlineData("fixed32", "4D FEFFFFFF", 4294967294)]
    [InlineData("fixed64", "51 FEFFFFFFFFFFFFFF", 18446744073709551614d)]
    [InlineData("sfixed32", "5D FEFFFFFF", -2)]
    [InlineData("sfixed64", "61 FEFFFFFFFFFFFFFF", -2)]
    [InlineData("bool", "68 01", 1)]
    [InlineData("string", "72 03 312E35", 1.5)]
    [InlineData("color", "800101", 1)]
    [InlineData("maybe", "8801 05", 5)]
    [InlineData("inner.int32", "9A01 02 18 07", 7)]
    [InlineData("int32", "18 01 18 02", 2)] // the last counts
    [InlineData("int32", "", 0)] // a default is not sent
    public void Path_AnyType_ReadsItsValue(string path, string message, double expected)
    {
        var schema = ProtoSchema.Compile(Types);

        Assert.True(schema.Path(schema.Message("Types")!, path)!.TryRead(Hex(message), out FieldValue value));

        double read = value.Kind == FieldKind.Text
            ? double.Parse(value.Text, System.Globalization.CultureInfo.InvariantCulture)
            : value.Kind == FieldKind.Real ? value.Real : value.Integer;
        Assert.Equal(expected, read);
    }

    [Theory]
    [InlineData("maybe", "")]
    [InlineData("inner.int32", "")] // nothing around it
    [InlineData("int32", "1A 01 07")] // another type on the wire
    public void Path_Absent_HasNoValueOrItsDefault(string path, string message)
    {
        var schema = ProtoSchema.Compile(Types);

        Assert.True(schema.Path(schema.Message("Types")!, path)!.TryRead(Hex(message), out FieldValue value));

        Assert.True(value.Kind == FieldKind.None || value.Integer == 0);
    }

    [Theory]
    [InlineData("message {")]
    [InlineData("syntax = \"proto3\"; import \"missing.proto\"; message A { B b = 1; }")]
    public void Compile_NoProtoFile_SaysSo(string text) =>
        Assert.StartsWith(
            "no .proto file: ", Assert.Throws<SchemaException>(() => ProtoSchema.Compile(text)).Message,
            StringComparison.Ordinal);

    /// <summary>The library's parser would overflow the stack.</summary>
    [Theory]
    [InlineData("message a{", "}")]
    [InlineData("message a{", "")]
    [InlineData("option (a)={a:{", "}}")]
    public void Compile_DeepText_IsRefused(string open, string close)
    {
        string deep = "syntax = \"proto3\";" + string.Concat(Enumerable.Repeat(open, 50_000))
            + string.Concat(Enumerable.Repeat(close, 50_000));

        Assert.Throws<SchemaException>(() => ProtoSchema.Compile(deep));
        Assert.Throws<SchemaException>(() => ProtoSchema.Compile(
            new SchemaText("PROTOBUF", Types, [KeyValuePair.Create("deep.proto", deep)])));
    }

    [Fact]
    public void Compile_ManyMessages_MayFollowEachOther()
    {
        string text = "syntax = \"proto3\"; }" + string.Concat(Enumerable.Repeat("message a{}", 100));

        Assert.DoesNotContain(
            "deep", Assert.Throws<SchemaException>(() => ProtoSchema.Compile(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_CutAnywhere_NeverThrows()
    {
        InputOptions options = Readings.Options(InputFormat.Protobuf);

        for (int length = 1; length < reading.Length; length++)
        {
            Assert.Contains(
                Readings.Decode(options, reading[..length]),
                new[]
                {
                    "not-framed", "schema-mismatch", "missing-series", "missing-time", "missing-value", "pump/ö at 20.5",
                });
        }
    }

    [Fact]
    public void Decode_Warm_AllocatesNothing()
    {
        var decoder = new RecordDecoder(Readings.Options(InputFormat.Protobuf));

        Assert.Equal(0, Allocation.Least(() => decoder.Decode(new() { Value = reading })));
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
