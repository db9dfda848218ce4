using System.Text.Json;
using Streaming.Daemon.Cli;
using Streaming.Inference.Model;

namespace Daemon.Tests.Cli.Training;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TrainingFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Train_WideFile_WritesAModelThatSaysHowItWasMadeAndCanBeServed()
    {
        string data = folder.WriteWide("power.csv"), model = folder.Of("m.safetensors");

        CommandRun run = await TrainingFolder.Train(data, "-o", model, "--epochs", "3", "--seed", "5");

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        Assert.Equal(["m.loss.svg", "m.safetensors", "power.csv"], folder.Files());
        Assert.Contains("3 series: steps of 01:00:00 (inferred", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^    3 +\d\.\d{4} +\d\.\d{4} +\d\.\d\de-\d +", run.Output);
        IReadOnlyDictionary<string, string> metadata =
            ModelFile.Read(await File.ReadAllBytesAsync(model), model).Metadata;
        Assert.Equal(
            ("m", "1,3", "6", "3", "900", "3", "5"),
            (metadata["forecaster.version"], metadata["forecaster.horizons"], metadata["forecaster.lags"],
                metadata["forecaster.trained.series"], metadata["forecaster.trained.steps"],
                metadata["forecaster.trained.epochs"], metadata["forecaster.trained.seed"]));
        string serving = run.Output[(run.Output.IndexOf("Serve it with ", StringComparison.Ordinal) + 14)..];
        string config = folder.Write(
            "c.json", $$"""{ "Kafka": { "BootstrapServers": "b:9092" }, {{serving.Trim()[1..]}}""");
        CommandRun check = await CommandRun.InProcess("check", "--config", config);
        Assert.Equal((ExitCodes.Ok, ""), (check.ExitCode, check.Error));
    }

    [Fact]
    public async Task Train_FeaturesAndScaling_AreInTheModelAndInWhatServesIt()
    {
        string data = folder.WriteWide("power.csv");
        string first = folder.Of("m1.safetensors"), second = folder.Of("m2.safetensors");
        string[] asked = ["--features", "default,mean:12,hour-sine", "--scaling", "min-max", "--epochs", "1"];

        CommandRun run = await TrainingFolder.Train([data, "-o", first, .. asked]);
        CommandRun further = await TrainingFolder.Train(data, "-o", second, "--from", first, "--epochs", "1");
        CommandRun other = await TrainingFolder.Train(
            data, "-o", second, "--force", "--from", first, "--features", "default");

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        Assert.Equal((ExitCodes.Ok, ""), (further.ExitCode, further.Error));
        Assert.Equal(ExitCodes.Configuration, other.ExitCode);
        Assert.Contains(
            $"--features: must be default, mean:12, hour-sine as in {first} (Model:File), but is default", other.Error,
            StringComparison.Ordinal);
        foreach (string model in new[] { first, second })
        {
            ModelFile file = ModelFile.Read(await File.ReadAllBytesAsync(model), model);
            Assert.EndsWith(",held,age,mean:12,hour-sine", file.Metadata["forecaster.features"], StringComparison.Ordinal);
            Assert.Equal("min-max", file.Metadata["forecaster.scaler"]);
            Assert.Equal(15, file.Parameters.Shape.Inputs);
        }

        Assert.Contains(
            "\"Features\":[\"default\",\"mean:12\",\"hour-sine\"],\"Scaling\":\"min-max\"}}", run.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_Covariates_AreColumnsAndNoSeries()
    {
        string data = folder.WriteWide("power.csv"), model = folder.Of("m.safetensors");
        string[] asked = ["--features", "default,covariate:s1,covariate-held:s1", "--epochs", "1"];

        CommandRun run = await TrainingFolder.Train([data, "-o", model, "--covariates", "s1", .. asked]);
        CommandRun unread = await TrainingFolder.Train([data, "-o", model, "--force", .. asked]);
        CommandRun lacking = await TrainingFolder.Train([data, "-o", model, "--force", "--covariates", "s1,s9", .. asked]);

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("2 series: steps of 01:00:00", run.Output, StringComparison.Ordinal);
        Assert.Equal("--features: covariate 's1' is none of Input:Covariates\n", unread.Error);
        Assert.Contains("line 1: a Wide file needs a column named s9", lacking.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_AnyThreads_WritesTheBytesOfOne()
    {
        string data = folder.WriteWide("power.csv");
        string one = folder.Of("m1.safetensors"), four = folder.Of("m4.safetensors");

        await TrainingFolder.Train(data, "-o", one, "--epochs", "2", "--threads", "1", "--dropout", "0.1");
        await TrainingFolder.Train(data, "-o", four, "--epochs", "2", "--threads", "4", "--dropout", "0.1");

        Assert.Equal(Weights(one), Weights(four));
    }

    [Fact]
    public async Task Train_Json_PrintsOneObjectAndNothingElse()
    {
        string data = folder.WriteWide("power.csv"), model = folder.Of("m.safetensors");
        string tiny = folder.Write("tiny.csv", "time,value\n2024-01-01,1\n2024-01-02,2\n");

        CommandRun run = await TrainingFolder.Train(data, tiny, "-o", model, "--epochs", "2", "--json");

        using JsonDocument document = JsonDocument.Parse(Assert.Single(run.Output.TrimEnd().Split('\n')));
        JsonElement report = document.RootElement;
        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.Equal(
            ["series", "steps", "skippedSeries", "part", "epochs", "bestEpoch", "trainLoss", "validationLoss",
                "updates", "stop", "reason", "seconds", "output", "parameters"],
            report.EnumerateObject().Select(property => property.Name));
        Assert.Equal((3, 900, 1), (Number("series"), Number("steps"), Number("skippedSeries")));
        Assert.Equal((2, "1/1", "completed"), (Number("epochs"), Text("part"), Text("stop")));
        Assert.Equal(model, Text("output"));
        Assert.Contains("train loss", run.Error, StringComparison.Ordinal);

        int Number(string name) => report.GetProperty(name).GetInt32();
        string? Text(string name) => report.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Train_Part_LeavesTheOtherSeriesOutAndNamesThem()
    {
        string data = folder.WriteWide("power.csv", series: 5), model = folder.Of("m.safetensors");

        CommandRun run = await TrainingFolder.Train(data, "-o", model, "--epochs", "1", "--part", "2/2");
        CommandRun whole = await TrainingFolder.Train(data, "-o", model, "--epochs", "1", "--force");

        Assert.Contains("part 2/2: series 2, 4, … of the 5", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 series of 600 steps", run.Output, StringComparison.Ordinal);
        Assert.Contains("5 series of 1,500 steps", whole.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_Configuration_GivesStepHorizonsAndRulesWithoutKafkaOrItsModelFile()
    {
        folder.WriteWide("power.csv");
        string model = folder.Of("m.safetensors");
        string config = folder.Write("c.json", $$"""
            {
              "Series": { "Step": "02:00:00", "SeasonSteps": 5 },
              "Rules": [{ "Select": "s2", "Step": "04:00:00", "Season": "1.00:00:00" }],
              "Model": { "File": "{{model}}", "Hidden": 4, "Layers": 1, "Horizons": [2, 5], "LagSteps": 7 }
            }
            """);

        CommandRun run = await CommandRun.InProcess(
            "train", folder.Path, "-o", model, "--config", config, "--epochs", "1", "--lags", "3", "--season",
            "2.00:00:00");

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("2 series: steps of 02:00:00; a season of 24 steps", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 series: steps of 04:00:00; a season of 6 steps", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"Horizons\":[2,5],\"LagSteps\":3", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_From_StartsWithThoseWeightsAndTheirSizes()
    {
        string data = folder.WriteWide("power.csv");
        string first = folder.Of("a.safetensors"), next = folder.Of("b.safetensors");
        await TrainingFolder.Train(data, "-o", first, "--epochs", "3", "--learning-rate", "0.01");

        CommandRun run = await CommandRun.InProcess("train", data, "--from", first, "-o", next, "--epochs", "1");
        CommandRun wrong = await CommandRun.InProcess(
            "train", data, "--from", first, "-o", folder.Of("c.safetensors"), "--hidden", "5");

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        float[] before = Weights(first), after = Weights(next);
        Assert.InRange(before.Zip(after, (a, b) => Math.Abs(a - b)).Max(), 1e-7, 0.02);
        Assert.Equal(ExitCodes.Configuration, wrong.ExitCode);
        Assert.StartsWith($"--hidden: must be 4 as in {first}", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_GeneratedAlone_NeedsNoFile()
    {
        CommandRun run = await TrainingFolder.Train(
            "--generated", "2", "--step", "00:15:00", "--epochs", "1", "--patience", "1", "-o", folder.Of("m"));

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains(
            "2 series: steps of 00:15:00 (generated); a season of 96 steps", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_SeriesALine_AreHourlyUnlessAStepIsNamed()
    {
        string row = string.Join(',', Enumerable.Range(0, 200).Select(t => t % 24));
        string data = folder.Write("rows.csv", $"id,{row}\nH1,{row}\nH2,{row[..300]}\n");

        CommandRun hourly = await TrainingFolder.Train(data, "-o", folder.Of("a"), "--epochs", "1");
        CommandRun daily = await TrainingFolder.Train(
            data, "-o", folder.Of("b"), "--epochs", "1", "--step", "1.00:00:00", "--season", "7.00:00:00");

        Assert.Contains("2 series: steps of 01:00:00", hourly.Output, StringComparison.Ordinal);
        Assert.Contains("2 series: steps of 1.00:00:00; a season of 7 steps", daily.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_LossExplodes_EndsWith1AndOverwritesNothing()
    {
        string data = folder.WriteWide("power.csv"), model = folder.Write("m.safetensors", "precious");

        CommandRun run = await TrainingFolder.Train(
            data, "-o", model, "--force", "--learning-rate", "1000", "--loss", "mse", "--epochs",
            "100", "--patience", "100", "--json");

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Matches("(?m)^forecaster: training stopped: .*loss .*--learning-rate", run.Error);
        Assert.Contains("\"stop\":\"diverged\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"output\":null", run.Output, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(model));
        Assert.Equal(["m.safetensors", "power.csv"], folder.Files());
    }

    [Theory]
    [InlineData("--epochs: '1o' is not a whole number", "--epochs", "1o")]
    [InlineData("--epochs: '1,2' is not a whole number", "--epochs", "1", "--epochs", "2")]
    [InlineData("--patience: must be between 1 and", "--patience", "0")]
    [InlineData("--learning-rate: 'fast' is not a number", "--learning-rate", "fast")]
    [InlineData("--validation: must be between 0 and 0.9, but is 1", "--validation", "1")]
    [InlineData("--loss: 'l2' is not one of huber, mse, mae", "--loss", "l2")]
    [InlineData("--optimizer: 'lion' is not one of adam, adamw, rmsprop, sgd", "--optimizer", "lion")]
    [InlineData("--fill: 'zero' is not one of hold, linear, seasonal, model", "--fill", "zero")]
    [InlineData("--sentinel: 'x' is not a number", "--sentinel", "-9999", "--sentinel", "x")]
    [InlineData("--part: '3/2' must be N/M", "--part", "3/2")]
    [InlineData("--threads: must be between 0 and 64", "--threads", "65")]
    [InlineData("--step: 'soon' must be a time span such as 00:05:00", "--step", "soon")]
    [InlineData("--season: '24' is not a time span such as", "--season", "24")]
    [InlineData("power.csv: steps of 01:00:00: Series:Season: a season of", "--season", "100.00:00:00")]
    [InlineData("power.csv, line 1: a Wide file needs a column named when, found time, s0", "--time-column", "when")]
    [InlineData("--resume", "--resume")]
    [InlineData("no-such-file", "no-such-file")]
    public async Task Train_BadValue_GivesOneLineAndWritesNothing(string expected, params string[] args)
    {
        string data = folder.WriteWide("power.csv");

        CommandRun run = await TrainingFolder.Train([data, "-o", folder.Of("m"), .. args]);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(["power.csv"], folder.Files());
    }

    [Fact]
    public async Task Train_OutputThatIsThere_IsReplacedOnlyWhenForced()
    {
        string data = folder.WriteWide("power.csv"), model = folder.Write("m.safetensors", "precious");

        CommandRun refused = await TrainingFolder.Train(data, "-o", model, "--epochs", "1");
        string kept = await File.ReadAllTextAsync(model);
        CommandRun forced = await TrainingFolder.Train(data, "-o", model, "--epochs", "1", "--force");

        Assert.Equal((ExitCodes.Configuration, "precious"), (refused.ExitCode, kept));
        Assert.Equal(ExitCodes.Ok, forced.ExitCode);
        Assert.NotEmpty(Weights(model));
    }

    private static float[] Weights(string path) => ModelFile.Read(File.ReadAllBytes(path), path).Parameters.Values;
}
