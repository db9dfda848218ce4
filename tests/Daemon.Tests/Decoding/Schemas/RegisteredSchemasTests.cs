using System.Net;
using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding.Schemas;

namespace Streaming.Daemon.Tests.Decoding.Schemas;

public sealed class RegisteredSchemasTests : IDisposable
{
    private const string Meta = """{"type":"record","name":"Meta","fields":[{"name":"sensor","type":"string"}]}""";
    private const string Reading = """{"type":"record","name":"Reading","fields":[{"name":"meta","type":"Meta"}]}""";

    private static readonly SchemaId id = new(258);

    private readonly RegistryStub stub = new();
    private readonly FakeTimeProvider clock = new();
    private readonly List<string> pauses = [];
    private readonly SchemaRegistry registry;

    public RegisteredSchemasTests() => registry = new(
        new() { RegistryUrl = "http://registry:8081/", RegistryUser = "reader", RegistryPassword = "s3cret" }, stub);

    public void Dispose()
    {
        registry.Dispose();
        stub.Dispose();
    }

    [Fact]
    public void Find_KnownId_IsFetchedOnceWithCredentials()
    {
        stub.Answers["/schemas/ids/258"] = RegistryStub.Schema("\"string\"");
        RegisteredSchemas<AvroNode> schemas = Avro();

        AvroNode? first = schemas.Find(id), second = schemas.Find(id);

        Assert.Equal(AvroKind.String, first?.Kind);
        Assert.Same(first, second);
        Assert.Equal([("/schemas/ids/258", "Basic cmVhZGVyOnMzY3JldA==")], stub.Requests);
    }

    [Fact]
    public void Find_Guid_IsFetchedByIt()
    {
        var guid = new SchemaId(0, new("00112233-4455-6677-8899-aabbccddeeff"));
        stub.Answers["/schemas/guids/00112233-4455-6677-8899-aabbccddeeff"] = RegistryStub.Schema("\"long\"");

        Assert.Equal(AvroKind.Long, Avro().Find(guid)?.Kind);
    }

    [Fact]
    public void Find_References_AreFetchedFirst()
    {
        stub.Answers["/schemas/ids/258"] = RegistryStub.Schema(Reading, "AVRO", ("Meta", "plant-meta/value"));
        stub.Answers["/subjects/plant-meta%2Fvalue/versions/3"] = RegistryStub.Schema(Meta);

        AvroNode? schema = Avro().Find(id);

        Assert.Equal("sensor"u8, schema!.Children[0].Names[0]);
    }

    [Fact]
    public void Find_ProtobufReferences_AreImports()
    {
        stub.Answers["/schemas/ids/258"] = RegistryStub.Schema(
            "syntax = \"proto3\"; import \"common/meta.proto\"; message R { Meta meta = 2; double v = 3; double t = 4; }",
            "PROTOBUF", ("common/meta.proto", "meta"));
        stub.Answers["/subjects/meta/versions/3"] = RegistryStub.Schema(
            "syntax = \"proto3\"; message Meta { string sensor = 7; }", "PROTOBUF");
        var schemas = new RegisteredSchemas<ProtoPlans>(
            registry, "PROTOBUF", text => new(ProtoSchema.Compile(text), null, ["meta.sensor", "t", "v"]), null, clock);

        Assert.DoesNotContain(null, schemas.Find(id)!.Find([0])!);
    }

    [Theory]
    [InlineData("AVRO", "{")]
    [InlineData("AVRO", Reading)] // its reference is missing
    [InlineData("PROTOBUF", "\"string\"")]
    [InlineData("JSON", "{}")]
    public void Find_SchemaOfNoUse_IsNull(string type, string text)
    {
        stub.Answers["/schemas/ids/258"] = RegistryStub.Schema(text, type);

        Assert.Null(Avro().Find(id));
    }

    [Fact]
    public void Find_UnknownId_IsAskedForAgainAfterAMinute()
    {
        RegisteredSchemas<AvroNode> schemas = Avro();

        Assert.Null(schemas.Find(id));
        stub.Answers["/schemas/ids/258"] = RegistryStub.Schema("\"string\"");
        Assert.Null(schemas.Find(id));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(schemas.Find(id));
    }

    /// <summary>Whatever says nothing about the schema itself must not refuse a record.</summary>
    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "")]
    [InlineData(HttpStatusCode.ServiceUnavailable, """{"error_code":50301}""")]
    [InlineData(HttpStatusCode.Unauthorized, "{}")]
    [InlineData(HttpStatusCode.NotFound, "<html>nginx</html>")]
    [InlineData(HttpStatusCode.NotFound, "{}")]
    [InlineData(HttpStatusCode.OK, "<html>welcome</html>")]
    [InlineData(HttpStatusCode.OK, "{}")]
    [InlineData(null, "")]
    public void Find_RegistryAway_WaitsUntilItAnswers(HttpStatusCode? status, string body)
    {
        stub.Answers["/schemas/ids/258"] = RegistryStub.Schema("\"string\"");
        stub.Fault = () => status is { } code
            ? RegistryStub.Answer(code, body)
            : throw new HttpRequestException("Connection refused");
        RegisteredSchemas<AvroNode> schemas = Avro(() => stub.Fault = pauses.Count < 3 ? stub.Fault : null);

        Assert.NotNull(schemas.Find(id));
        Assert.Equal(3, pauses.Count);
        Assert.All(pauses, reason => Assert.StartsWith(
            "the schema registry http://registry:8081 gives no answer: ", reason, StringComparison.Ordinal));
        Assert.All(pauses, reason => Assert.DoesNotContain("s3cret", reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Find_RegistryAwayAndNobodyWaits_Throws()
    {
        stub.Fault = () => throw new HttpRequestException("Connection refused");
        var schemas = new RegisteredSchemas<AvroNode>(registry, "AVRO", AvroSchema.Compile, null, clock);

        Assert.Throws<RegistryAwayException>(() => schemas.Find(id));
    }

    [Theory]
    [InlineData("ftp://registry", null, "Confluent", "must be http(s)")]
    [InlineData("http://user:pass@registry", null, "Confluent", "without user")]
    [InlineData("http://registry", "a.avsc", "Confluent", "not from both")]
    [InlineData("http://registry", null, "None", "must be confluent")]
    public void Validate_RegistryOptions_MustFit(string url, string? file, string framing, string expected)
    {
        var options = new SchemaOptions { RegistryUrl = url, File = file, Framing = Enum.Parse<SchemaFraming>(framing) };

        Assert.Contains(expected, Assert.Single(options.Validate(new(options))).ErrorMessage!, StringComparison.Ordinal);
    }

    [Fact]
    public void EffectiveOptions_Password_IsMasked()
    {
        var options = new ForecasterOptions { Input = new() { Schema = new() { RegistryPassword = "s3cret" } } };

        Assert.Equal(Secrets.Mask, EffectiveOptions.Of(options).Input.Schema.RegistryPassword);
    }

    private RegisteredSchemas<AvroNode> Avro(Action? paused = null) => new(
        registry, "AVRO", AvroSchema.Compile, reason =>
        {
            pauses.Add(reason);
            paused?.Invoke();
        },
        clock);
}
