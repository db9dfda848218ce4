using Avro;
using Avro.Generic;
using Avro.IO;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Decoding.Schemas;

namespace Streaming.Daemon.Tests.Decoding.Schemas;

public class AvroDecoderTests
{
    private static readonly byte[] reading = Readings.Bytes("reading_avro.bin");

    [Theory]
    [InlineData("meta.sensor", "at", "temp", "pump/ö at 20.5")]
    [InlineData("status", "at", "price", "BAD at -2")]
    [InlineData("temp", "at", "temp", "20.5 at 20.5")]
    [InlineData("meta", "at", "temp", "missing-series")]
    [InlineData("meta.tags.site", "at", "temp", "missing-series")]
    [InlineData("meta.sensor", "none", "temp", "missing-time")]
    [InlineData("meta.sensor", "history", "temp", "bad-time")]
    [InlineData("meta.sensor", "at", "serial", "bad-value")]
    [InlineData("meta.sensor", "at", "history", "bad-value")]
    [InlineData("meta.sensor", "at", "temp.sensor", "missing-value")]
    public void Decode_BytesOfAnotherLibrary_ReadsThePaths(string series, string time, string value, string expected)
    {
        InputOptions options = Readings.Options(InputFormat.Avro, series, time, value);

        Assert.Equal(expected, Readings.Decode(options, reading));
    }

    /// <summary>Apache.Avro writes random values of random schemas; the same library reads them here.</summary>
    [Fact]
    public void Decode_AnySchemaAndValue_ReadsWhatWasWritten()
    {
        byte[][][] paths =
            [["id"u8.ToArray()], ["in"u8.ToArray(), "time"u8.ToArray()], ["value"u8.ToArray()]];

        for (int seed = 0; seed < 2_000; seed++)
        {
            var sample = new AvroSample(seed);
            var walk = new AvroWalk(sample.Bytes, paths);

            Assert.Equal(RejectReason.None, walk.Read(AvroSchema.Compile(sample.Schema)));
            Assert.Equal(sample.Id, System.Text.Encoding.UTF8.GetString(walk.Series.Text));
            Assert.Equal(sample.Time, walk.Time.Integer);
            Assert.Equal(sample.Value, walk.Value.Real);
        }
    }

    [Fact]
    public void Decode_CutOrLonger_IsRefused()
    {
        InputOptions options = Readings.Options(InputFormat.Avro);

        for (int length = 1; length < reading.Length; length++)
        {
            string expected = length < Readings.FrameBytes ? "not-framed" : "schema-mismatch";
            Assert.Equal(expected, Readings.Decode(options, reading[..length]));
        }

        Assert.Equal("schema-mismatch", Readings.Decode(options, [.. reading, 0]));
    }

    [Fact]
    public void Read_HugeCountsAndLengths_EndAtOnce()
    {
        byte[] most = [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]; // long.MaxValue
        AvroNode nothings = AvroSchema.Compile("""{"type":"array","items":"null"}""");
        AvroNode text = AvroSchema.Compile("\"string\"");
        AvroNode maps = AvroSchema.Compile("""{"type":"map","values":"null"}""");

        Assert.Equal(RejectReason.None, new AvroWalk([.. most, 0], []).Read(nothings));
        Assert.Equal(RejectReason.SchemaMismatch, new AvroWalk(most, []).Read(nothings));
        Assert.Equal(RejectReason.SchemaMismatch, new AvroWalk(most, []).Read(text));
        Assert.Equal(RejectReason.SchemaMismatch, new AvroWalk([1], []).Read(text)); // length -1
        Assert.Equal(RejectReason.SchemaMismatch, new AvroWalk([.. most, .. most], []).Read(maps));
    }

    [Fact]
    public void Read_RecursiveSchema_EndsAtADepth()
    {
        AvroNode list = AvroSchema.Compile(
            """{"type":"record","name":"L","fields":[{"name":"next","type":["null","L"]}]}""");
        byte[] nested = [.. Enumerable.Repeat((byte)2, 10_000), 0];

        Assert.Equal(RejectReason.TooDeep, new AvroWalk(nested, []).Read(list));
        Assert.Equal(RejectReason.None, new AvroWalk([2, 2, 0], []).Read(list));
    }

    /// <summary>Each record holds the one before twice, and the first nothing: without a byte, 2^60 values.</summary>
    [Fact]
    public void Read_SchemaThatDoublesNothings_Ends()
    {
        IEnumerable<string> records = Enumerable.Range(1, 60).Select(i => $$"""
            {"type":"record","name":"R{{i}}",
             "fields":[{"name":"a","type":"R{{i - 1}}"},{"name":"b","type":"R{{i - 1}}"}]}
            """);
        AvroNode bomb = AvroSchema.Compile(
            $$"""[{"type":"record","name":"R0","fields":[]},{{string.Join(',', records)}}]""");

        Assert.Equal(RejectReason.TooDeep, new AvroWalk([2 * 60], []).Read(bomb));
        Assert.Equal(RejectReason.None, new AvroWalk([2 * 12], []).Read(bomb));
    }

    [Fact]
    public void Decode_Warm_AllocatesNothing()
    {
        var decoder = new RecordDecoder(Readings.Options(InputFormat.Avro));

        Assert.Equal(0, Allocation.Least(() => decoder.Decode(new() { Value = reading })));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("5")]
    [InlineData("""{"type":"record"}""")]
    [InlineData("""{"type":"record","name":"R","fields":[{"name":"a","type":"Unknown"}]}""")]
    public void Compile_NoSchema_SaysSo(string text) =>
        Assert.StartsWith(
            "no Avro schema: ", Assert.Throws<SchemaException>(() => AvroSchema.Compile(text)).Message,
            StringComparison.Ordinal);

    /// <summary>A record of known fields among random ones.</summary>
    private sealed class AvroSample
    {
        private readonly Random random;

        public AvroSample(int seed)
        {
            random = new Random(seed);
            Schema = $$$"""
                {"type":"record","name":"R","fields":[
                {"name":"a","type":{{{Type("A", 3)}}}},
                {"name":"id","type":"string"},
                {"name":"b","type":{{{Type("B", 3)}}}},
                {"name":"in","type":{"type":"record","name":"In","fields":[
                  {"name":"c","type":{{{Type("C", 2)}}}},{"name":"time","type":"long"}]}},
                {"name":"value","type":["null","double"]}]}
                """;
            var schema = (RecordSchema)Avro.Schema.Parse(Schema);
            var record = (GenericRecord)Any(schema)!;
            Id = (string)record["id"];
            Time = (long)((GenericRecord)record["in"])["time"];
            Value = random.NextDouble();
            record.Add("value", Value);
            using var stream = new MemoryStream();
            new GenericDatumWriter<GenericRecord>(schema).Write(record, new BinaryEncoder(stream));
            Bytes = stream.ToArray();
        }

        public string Schema { get; }

        public byte[] Bytes { get; }

        public string Id { get; }

        public long Time { get; }

        public double Value { get; }

        private string Type(string name, int depth) => random.Next(depth > 0 ? 13 : 8) switch
        {
            0 => "\"null\"",
            1 => "\"boolean\"",
            2 => "\"int\"",
            3 => "\"long\"",
            4 => "\"float\"",
            5 => "\"double\"",
            6 => "\"bytes\"",
            7 => "\"string\"",
            8 => $$"""{"type":"fixed","name":"{{name}}","size":{{random.Next(1, 9)}}}""",
            9 => $$"""{"type":"enum","name":"{{name}}","symbols":["X","Y"]}""",
            10 => $$"""{"type":"array","items":{{Type(name + "a", depth - 1)}}}""",
            11 => $$"""{"type":"map","values":{{Type(name + "m", depth - 1)}}}""",
            _ => $$"""{"type":"record","name":"{{name}}","fields":[{"name":"id","type":{{Type(name + "r", depth - 1)}}}]}""",
        };

        private object? Any(Avro.Schema schema)
        {
            switch (schema)
            {
                case RecordSchema record:
                    var value = new GenericRecord(record);
                    record.Fields.ForEach(field => value.Add(field.Name, Any(field.Schema)!));
                    return value;
                case EnumSchema symbols:
                    return new GenericEnum(symbols, symbols.Symbols[random.Next(symbols.Count)]);
                case FixedSchema fixedSize:
                    byte[] bytes = new byte[fixedSize.Size];
                    random.NextBytes(bytes);
                    return new GenericFixed(fixedSize, bytes);
                case ArraySchema array:
                    return Enumerable.Range(0, random.Next(4)).Select(_ => Any(array.ItemSchema)).ToArray();
                case MapSchema map:
                    return Enumerable.Range(0, random.Next(4)).ToDictionary(i => $"k{i}", _ => Any(map.ValueSchema)!);
                case UnionSchema union:
                    return Any(union.Schemas[random.Next(union.Count)]);
                default:
                    return Scalar(schema.Tag);
            }
        }

        private object? Scalar(Avro.Schema.Type type) => type switch
        {
            Avro.Schema.Type.Boolean => random.Next(2) == 0,
            Avro.Schema.Type.Int => random.Next(int.MinValue, int.MaxValue),
            Avro.Schema.Type.Long => random.NextInt64(long.MinValue, long.MaxValue),
            Avro.Schema.Type.Float => random.NextSingle(),
            Avro.Schema.Type.Double => random.NextDouble(),
            Avro.Schema.Type.Bytes => new byte[random.Next(5)],
            Avro.Schema.Type.String => $"t{random.Next()}",
            _ => null,
        };
    }
}
