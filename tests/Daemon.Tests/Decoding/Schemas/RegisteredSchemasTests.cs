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
    private readonly List<string> unusable = [];
    private int backs;
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
        Assert.StartsWith("258: ", Assert.Single(unusable), StringComparison.Ordinal);
    }

    /// <summary>A union can't stand within a union, as it would if references were its first branches.</summary>
    [Fact]
    public void Find_UnionWithReferences_HasItsOwnBranches()
    {
        stub.Answers["/schemas/ids/258"] = RegistryStub.Schema("""["null","Meta"]""", "AVRO", ("Meta", "meta"));
        stub.Answers["/subjects/meta/versions/3"] = RegistryStub.Schema(Meta);

        AvroNode? schema = Avro().Find(id);

        Assert.Equal([AvroKind.Null, AvroKind.Record], schema!.Children.Select(branch => branch.Kind));
        Assert.Equal("sensor"u8, schema.Children[1].Names[0]);
    }

    [Fact]
    public void Find_AnswerOverABound_IsUnusableAndNotWaitedFor()
    {
        stub.Answers["/schemas/ids/258"] = RegistryStub.Schema(new string('x', 1 << 20));

        Assert.Null(Avro().Find(id));
        Assert.Contains("over 1048576 bytes", Assert.Single(unusable), StringComparison.Ordinal);
        Assert.Empty(pauses);
    }

    [Fact]
    public void Find_PageOverABoundInPlaceOfAnAnswer_IsWaitedFor()
    {
        stub.Answers["/schemas/ids/258"] = RegistryStub.Schema("\"string\"");
        stub.Fault = () => new(HttpStatusCode.BadGateway) { Content = new StringContent(new string('x', 2 << 20)) };

        Assert.NotNull(Avro(() => stub.Fault = null).Find(id));
        Assert.Single(pauses);
    }

    /// <summary>404 is said of schemas, and of paths where there is no registry.</summary>
    [Theory]
    [InlineData("""{"error_code":40403}""", false, false)]
    [InlineData("""{"error_code":404,"message":"HTTP 404 Not Found"}""", true, false)]
    [InlineData("""{"error_code":404,"message":"HTTP 404 Not Found"}""", false, true)]
    [InlineData("<html>nginx</html>", true, false)]
    [InlineData("<html>nginx</html>", false, true)]
    public void Find_NotFound_IsOfTheSchemaOrOfTheAddress(string body, bool hasSubjects, bool waits)
    {
        stub.NotFound = body;
        if (hasSubjects)
        {
            stub.Answers["/subjects"] = "[]";
        }

        Assert.Null(Avro(() => stub.Answers["/subjects"] = "[]").Find(id));

        Assert.Equal(waits ? 1 : 0, pauses.Count);
        Assert.All(pauses, reason => Assert.Contains("Correct Input:Schema:RegistryUrl", reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Find_AwayInTheMiddleOfReferences_AsksOnlyForTheRest()
    {
        string[] names = ["A", "B", "C"];
        string fields = string.Join(',', names.Select(name => $$"""{"name":"{{name}}","type":"{{name}}"}"""));
        stub.Answers["/schemas/ids/258"] = RegistryStub.Schema(
            $$"""{"type":"record","name":"R","fields":[{{fields}}]}""", "AVRO", [.. names.Select(name => (name, name))]);
        foreach (string name in names)
        {
            stub.Answers[$"/subjects/{name}/versions/3"] =
                RegistryStub.Schema($$"""{"type":"fixed","name":"{{name}}","size":1}""");
        }

        int requests = 0;
        stub.Fault = () => ++requests % 2 == 0 ? throw new TaskCanceledException("time is out") : null;

        Assert.Equal(3, Avro(() => Assert.InRange(pauses.Count, 0, 9)).Find(id)!.Children.Length);
        Assert.Equal(3, pauses.Count);
        Assert.Equal(1, backs);
        Assert.Equal(7, stub.Requests.Count); // four answers, three time-outs
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
        Assert.Equal(1, backs);
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
        registry, "AVRO", AvroSchema.Compile,
        new(
            reason =>
            {
                pauses.Add(reason);
                paused?.Invoke();
            },
            () => backs++, (schema, reason) => unusable.Add($"{schema}: {reason}")),
        clock);
}
