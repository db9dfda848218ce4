using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Tests.Configuration;

public class SchemaChecksTests
{
    [Theory]
    [InlineData("Avro", "reading.avsc", null, null)]
    [InlineData("Protobuf", "reading.proto", "plant.Reading", null)]
    [InlineData("Json", "missing", null, null)]
    [InlineData("Avro", null, null, "is required, or RegistryUrl")]
    [InlineData("Avro", "missing.avsc", null, "Could not find file")]
    [InlineData("Avro", "reading.proto", null, "no Avro schema")]
    [InlineData("Protobuf", "reading.avsc", null, "no .proto file")]
    [InlineData("Protobuf", "reading.proto", "plant.Writing", "no message 'plant.Writing'")]
    public void Check_SchemaFile_MustFitTheFormat(string format, string? file, string? message, string? expected)
    {
        var options = new ForecasterOptions
        {
            Input = new()
            {
                Format = Enum.Parse<InputFormat>(format),
                Schema = new()
                {
                    File = file is null ? null : RepositoryRoot.Combine("tests", "Golden", file),
                    Message = message,
                },
            },
        };

        IEnumerable<ConfigurationError> errors = SchemaChecks.Check(options);

        if (expected is null)
        {
            Assert.Empty(errors);
        }
        else
        {
            ConfigurationError error = Assert.Single(errors);
            Assert.Equal("Input:Schema:File", error.Key);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
    }
}
