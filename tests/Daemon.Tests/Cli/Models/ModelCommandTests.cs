using System.Text.Json;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Cli;
using Streaming.Inference.Model;

namespace Daemon.Tests.Cli.Models;

public sealed class ModelCommandTests : IDisposable
{
    private static readonly string golden = RepositoryRoot.Combine("tests", "Golden");
    private static readonly string trained = Path.Combine(golden, "torch_model.safetensors");
    private static readonly string exported = Path.Combine(golden, "torch_model_export.safetensors");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Import_ModelTrainedInTorch_WritesTheFileThatTorchLoads()
    {
        string target = Target("golden.safetensors");

        CommandRun run = await CommandRun.InProcess(
            "model", "import", trained, "--head", "fc", "--lags", "4", "--horizons", "1,6,24", "-o", target);

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        Assert.Equal(await File.ReadAllBytesAsync(exported), await File.ReadAllBytesAsync(target));
        Assert.Matches(@"forecaster\.version +golden", run.Output);
        Assert.Contains("It can be served: {\"Model\":{", run.Output, StringComparison.Ordinal);
        Assert.Equal([target], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Import_FeaturesOfSomeoneElse_ArriveInTheFileAndAreNotServed()
    {
        string target = Target("other.safetensors");
        string[] names = [.. Enumerable.Range(0, 13).Select(i => $"f{i}")];

        CommandRun run = await CommandRun.InProcess(
            "model", "import", trained, "--head", "fc", "--features", string.Join(',', names), "--scaler", "minmax",
            "--model-version", "v7", "-o", target);

        ModelFile written = ModelFile.Read(await File.ReadAllBytesAsync(target), target);
        ModelDescription description = ModelDescription.Of(written, target);
        Assert.Equal(names, description.Features.AsEnumerable());
        Assert.Equal(("minmax", "v7", 48), (description.Scaler, description.Version, description.LagSteps));
        Assert.Equal([1, 2, 3], description.Horizons.AsEnumerable());
        Assert.Contains("forecaster.features: expected names of", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("model.bin", "--format", "onnx")]
    public async Task Export_Onnx_WritesTheGraph(string name, params string[] format)
    {
        string target = Target(name);

        CommandRun run = await CommandRun.InProcess(["model", "export", exported, "-o", target, .. format]);

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        ModelFile model = ModelFile.Read(await File.ReadAllBytesAsync(exported), exported);
        Assert.Equal(OnnxExport.ToBytes(model), await File.ReadAllBytesAsync(target));
    }

    [Fact]
    public async Task Export_Safetensors_WritesTheSameFile()
    {
        string target = Target("copy.safetensors");

        await CommandRun.InProcess("model", "export", exported, "-o", target);

        Assert.Equal(await File.ReadAllBytesAsync(exported), await File.ReadAllBytesAsync(target));
    }

    [Theory]
    [InlineData("import", "copy.safetensors", "canServe")]
    [InlineData("export", "copy.onnx", "format")]
    public async Task ImportAndExport_Json_IsOneObjectOfTheFileWritten(string command, string name, string field)
    {
        string target = Target(name);

        CommandRun run = await CommandRun.InProcess("model", command, exported, "-o", target, "--json");

        using JsonDocument report = JsonDocument.Parse(run.Output);
        Assert.Equal(target, report.RootElement.GetProperty("file").GetString());
        Assert.Equal(new FileInfo(target).Length, report.RootElement.GetProperty("bytes").GetInt64());
        Assert.True(report.RootElement.TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Inspect_Json_IsOneObject()
    {
        CommandRun run = await CommandRun.InProcess("model", "inspect", exported, "--json");

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement report = document.RootElement;
        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        Assert.Equal("matches", report.GetProperty("checksum").GetString());
        Assert.Equal(1335, report.GetProperty("parameters").GetInt32());
        Assert.Equal(8, report.GetProperty("shape").GetProperty("hidden").GetInt32());
        Assert.Equal("1,6,24", report.GetProperty("metadata").GetProperty("forecaster.horizons").GetString());
        Assert.Equal("lstm.weight_ih_l0", report.GetProperty("tensors")[0].GetProperty("name").GetString());
        Assert.Equal(11, report.GetProperty("tensors").GetArrayLength());
        Assert.True(report.GetProperty("canServe").GetBoolean());
    }

    [Fact]
    public async Task Inspect_ConfigurationThatServesTheModel_IsAcceptedByCheck()
    {
        CommandRun inspect = await CommandRun.InProcess("model", "inspect", exported, "--json");
        using JsonDocument report = JsonDocument.Parse(inspect.Output);
        JsonElement model = report.RootElement.GetProperty("configuration").GetProperty("Model");
        string config = folder.Write(
            "c.json", $$"""{ "Kafka": { "BootstrapServers": "b:9092" }, "Model": {{model.GetRawText()}} }""");

        CommandRun check = await CommandRun.InProcess("check", "--config", config);

        Assert.Equal((ExitCodes.Ok, ""), (check.ExitCode, check.Error));
        Assert.Matches("Model:File +.*torch_model_export", check.Output);
    }

    [Fact]
    public async Task Inspect_FileOfTorch_SaysWhatItLacks()
    {
        CommandRun run = await CommandRun.InProcess("model", "inspect", trained, "--head", "fc");

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"checksum +none", run.Output);
        Assert.Matches(@"fc\.weight +F32 +\[3, 8\] +-0\.635 +0\.6795 +1\.9", run.Output);
        Assert.EndsWith(
            $"It can't be served: {trained}: forecaster.version: expected a text, found none.{Environment.NewLine}",
            run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_TextThatCommandsTheTerminal_IsShownAsPlainText()
    {
        byte[] bytes = await File.ReadAllBytesAsync(exported);
        var metadata = new Dictionary<string, string> { ["key\u001b[31m"] = "\u001b]0;owned\a\r\n" };
        string file = Target("hostile.safetensors");
        await File.WriteAllBytesAsync(file, (ModelFile.Read(bytes, exported) with { Metadata = metadata }).ToBytes());

        CommandRun tables = await CommandRun.InProcess("model", "inspect", file);
        CommandRun error = await CommandRun.InProcess("model", "inspect", $"{file}\u001b[31m");

        Assert.Contains("]0;owned", tables.Output, StringComparison.Ordinal);
        Assert.EndsWith($"[31m: file: expected one, found none.{Environment.NewLine}", error.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(tables.Output + error.Error, c => char.IsControl(c) && c is not ('\r' or '\n'));
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("import", "-o", "out.safetensors")]
    [InlineData("export", "-o", "out.onnx")]
    public async Task AnyCommand_DamagedFile_GivesOneLineAndWritesNothing(string command, params string[] output)
    {
        byte[] damaged = await File.ReadAllBytesAsync(exported);
        damaged[^1] ^= 1;
        string source = Target("damaged.safetensors");
        await File.WriteAllBytesAsync(source, damaged);
        output = [.. output.Select((text, i) => i == 1 ? Target(text) : text)];

        CommandRun run = await CommandRun.InProcess(["model", command, source, .. output]);

        Assert.Equal((ExitCodes.Configuration, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"^\S+: forecaster\.sha256: expected [0-9a-f]{64}, found [0-9a-f]{64}\.\r?\n$", run.Error);
        Assert.Equal([source], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("missing.safetensors", "file: expected one, found none.")]
    [InlineData(".", "file: expected one, found a folder.")]
    [InlineData("empty.safetensors", "header: expected 8 bytes of length, found 0 bytes in all.")]
    public async Task Inspect_NoModel_GivesOneLine(string name, string message)
    {
        folder.Write("empty.safetensors", "");

        CommandRun run = await CommandRun.InProcess("model", "inspect", Target(name));

        Assert.Equal((ExitCodes.Configuration, ""), (run.ExitCode, run.Output));
        Assert.Equal($"{Target(name)}: {message}{Environment.NewLine}", run.Error);
    }

    [Fact]
    public async Task Export_FileThatIsThere_IsReplacedOnlyWhenForced()
    {
        string target = folder.Write("model.onnx", "precious");

        CommandRun refused = await CommandRun.InProcess("model", "export", exported, "-o", target);
        string kept = await File.ReadAllTextAsync(target);
        CommandRun forced = await CommandRun.InProcess("model", "export", exported, "-o", target, "--force");

        Assert.Equal(ExitCodes.Configuration, refused.ExitCode);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal("precious", kept);
        Assert.Equal(ExitCodes.Ok, forced.ExitCode);
        Assert.NotEqual("precious", await File.ReadAllTextAsync(target));
        Assert.Equal([target], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("no/such/model.onnx", "expected a folder to write it to, found none")]
    [InlineData("", "expected a file, found a folder")]
    [InlineData("model.pth", "found 'pth'")]
    public async Task Export_TargetThatCannotBe_GivesOneLine(string name, string message)
    {
        CommandRun run = await CommandRun.InProcess("model", "export", exported, "-o", Target(name));

        Assert.Equal((ExitCodes.Configuration, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("model")]
    [InlineData("model", "import", "a.safetensors")]
    [InlineData("model", "export", "a", "-o", "b", "--format", "pickle")]
    public async Task WrongCommandLine_EndsWith2(params string[] args)
    {
        CommandRun run = await CommandRun.InProcess(args);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.NotEmpty(run.Error);
    }

    private string Target(string name) => Path.GetFullPath(Path.Combine(folder.Path, name));
}
