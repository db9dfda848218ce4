using System.Net;
using Streaming.Daemon.Cli.Doctor;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Tests.Decoding.Schemas;

namespace Daemon.Tests.Cli.Doctor;

public sealed class RegistryCheckTests
{
    private static readonly SchemaOptions Options = new() { RegistryUrl = "http://registry:8081" };

    [Fact]
    public void Look_NoRegistryConfigured_SaysNothing() => Assert.Empty(RegistryCheck.Look(new()));

    [Fact]
    public void Look_ItAnswers_IsOk()
    {
        using var stub = new RegistryStub { Answers = { ["/subjects"] = "[]" } };

        Assert.Equal(Verdict.Ok, Assert.Single(RegistryCheck.Look(Options, stub)).Verdict);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "401")]
    [InlineData(HttpStatusCode.NotFound, "404")]
    public void Look_ItRefuses_IsAProblemThatNamesTheAnswer(HttpStatusCode status, string expected)
    {
        using var stub = new RegistryStub { Fault = () => RegistryStub.Answer(status, "{}") };

        Symptom symptom = Assert.Single(RegistryCheck.Look(Options, stub));

        Assert.Equal(Verdict.Problem, symptom.Verdict);
        Assert.Contains(expected, symptom.Found, StringComparison.Ordinal);
        Assert.Contains("RegistryUser", symptom.Todo, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_NobodyAnswers_IsAProblem()
    {
        using var stub = new RegistryStub { Fault = () => throw new HttpRequestException("refused") };

        Assert.Contains(
            "refused", Assert.Single(RegistryCheck.Look(Options, stub)).Found, StringComparison.Ordinal);
    }
}
