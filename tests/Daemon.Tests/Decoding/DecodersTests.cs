using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

public class DecodersTests
{
    /// <summary>Headers cost time a record, so only formats that look at them get them.</summary>
    [Theory]
    [InlineData("Auto", "Confluent", false)]
    [InlineData("Json", "Confluent", false)]
    [InlineData("OtlpProto", "Confluent", false)]
    [InlineData("CloudEvents", "None", true)]
    [InlineData("Avro", "Confluent", true)]
    [InlineData("Avro", "None", false)]
    [InlineData("Protobuf", "Confluent", true)]
    [InlineData("Protobuf", "None", false)]
    public void NeedHeaders_Format_SaysWhetherItLooksAtThem(string format, string framing, bool expected)
    {
        var options = new InputOptions
        {
            Format = Enum.Parse<InputFormat>(format),
            Schema = new() { Framing = Enum.Parse<SchemaFraming>(framing) },
        };

        Assert.Equal(expected, Decoders.NeedHeaders(options));
    }
}
