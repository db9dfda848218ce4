using System.Diagnostics;
using Streaming.Daemon.Cli;

namespace Daemon.Tests.Cli.Training;

/// <summary>Runs that are stopped, and go on.</summary>
public sealed class TrainResumeTests : IDisposable
{
    private static readonly string[] Options =
        ["--epochs", "5", "--patience", "9", "--dropout", "0.2", "--optimizer", "adamw", "--validation", "0.2"];

    private readonly TrainingFolder folder = new();
    private readonly string data;
    private readonly string model;
    private readonly string state;

    public TrainResumeTests()
    {
        data = folder.WriteWide("power.csv");
        model = folder.Of("m.safetensors");
        state = model + ".state";
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("epoch")]
    [InlineData("    1 ")]
    [InlineData("    3 ")]
    public async Task Train_StoppedAndResumed_WritesTheBytesOfARunWithoutPause(string stopAtLine)
    {
        await TrainingFolder.Train([data, "-o", model, .. Options]);
        byte[] expected = await File.ReadAllBytesAsync(model);
        byte[] picture = await File.ReadAllBytesAsync(folder.Of("m.loss.svg"));
        File.Delete(model);
        File.Delete(folder.Of("m.loss.svg"));

        CommandRun stopped = await Stop(stopAtLine);
        byte[] paused = await File.ReadAllBytesAsync(model);
        string[] between = folder.Files();
        CommandRun resumed = await TrainingFolder.Train([data, "-o", model, .. Options, "--resume", "--threads", "3"]);

        Assert.Equal((ExitCodes.Ok, ""), (stopped.ExitCode, stopped.Error));
        Assert.Contains("--resume goes on", stopped.Output, StringComparison.Ordinal);
        Assert.Equal(["m.loss.svg", "m.safetensors", "m.safetensors.state", "power.csv"], between);
        Assert.NotEqual(expected, paused);
        Assert.Equal((ExitCodes.Ok, ""), (resumed.ExitCode, resumed.Error));
        Assert.Equal(expected, await File.ReadAllBytesAsync(model));
        Assert.Equal(picture, await File.ReadAllBytesAsync(folder.Of("m.loss.svg")));
        Assert.False(File.Exists(state));
    }

    [Fact]
    public async Task Train_KilledBetweenEpochs_GoesOnFromTheLastOne()
    {
        await TrainingFolder.Train([data, "-o", model, .. Options]);
        byte[] expected = await File.ReadAllBytesAsync(model);
        string dead = folder.Of("dead");
        Directory.CreateDirectory(dead);
        using var output = new DyingWriter("    2 ");

        CommandRun died = await CommandRun.InProcess(
            output, CancellationToken.None,
            ["train", .. TrainingFolder.Small, data, "-o", Path.Combine(dead, "m.safetensors"), .. Options]);
        CommandRun resumed = await TrainingFolder.Train(
            [data, "-o", Path.Combine(dead, "m.safetensors"), .. Options, "--resume"]);

        Assert.Equal(ExitCodes.Failure, died.ExitCode);
        Assert.Contains("going on in epoch 3 ", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(expected, await File.ReadAllBytesAsync(Path.Combine(dead, "m.safetensors")));
    }

    [Theory]
    [InlineData("--learning-rate was 0.002 and is 0.01", "--learning-rate", "0.01")]
    [InlineData("--seed was 17 and is 3; weights to start from was", "--seed", "3")]
    [InlineData("--fill was none and is linear", "--fill", "linear")]
    [InlineData("--sentinel was none and is -1; ", "--sentinel", "-1", "--clip-share", "0.1")]
    [InlineData("series and their values was", "--step", "02:00:00")]
    public async Task Resume_AnotherRun_NamesTheDifferenceAndKeepsAll(string difference, params string[] args)
    {
        await Stop("    1 ");
        byte[] paused = await File.ReadAllBytesAsync(model), kept = await File.ReadAllBytesAsync(state);

        CommandRun run = await TrainingFolder.Train([data, "-o", model, .. Options, "--resume", .. args]);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains(difference, Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(paused, await File.ReadAllBytesAsync(model));
        Assert.Equal(kept, await File.ReadAllBytesAsync(state));
    }

    [Fact]
    public async Task Train_StateOfAStoppedRun_IsNotThrownAwayUnasked()
    {
        await Stop("    1 ");

        CommandRun refused = await TrainingFolder.Train([data, "-o", model, .. Options]);
        CommandRun forced = await TrainingFolder.Train([data, "-o", model, .. Options, "--force"]);

        Assert.Equal(ExitCodes.Configuration, refused.ExitCode);
        Assert.Contains("go on with --resume, or start anew with --force", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, forced.ExitCode);
        Assert.False(File.Exists(state));
    }

    [Fact]
    public async Task Train_Sigterm_SavesTheBestSoFarAndEndsWith0()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // no SIGTERM there
        }

        using Process training = CommandRun.Start(
            folder.Path, new Dictionary<string, string>(),
            ["train", .. TrainingFolder.Small, data, "-o", model, "--epochs", "100000", "--patience", "100000"]);
        Task<string> error = training.StandardError.ReadToEndAsync();
        string? line;
        do
        {
            line = await training.StandardOutput.ReadLineAsync();
        }
        while (line is not null && !line.StartsWith("    1 ", StringComparison.Ordinal));
        Task<string> rest = training.StandardOutput.ReadToEndAsync();

        using (Process kill = Process.Start("kill", ["-TERM", $"{training.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await CommandRun.EndAsync(training);
        Assert.Equal((ExitCodes.Ok, ""), (training.ExitCode, await error));
        Assert.Contains("cancelled in epoch", await rest, StringComparison.Ordinal);
        Assert.True(File.Exists(model) && File.Exists(state));
    }

    private async Task<CommandRun> Stop(string line)
    {
        using var output = new StoppingWriter(line);
        return await CommandRun.InProcess(
            output, output.Stop, ["train", .. TrainingFolder.Small, data, "-o", model, .. Options]);
    }

    /// <summary>Ends a run where nothing can be saved any more, as a crash does.</summary>
    private sealed class DyingWriter(string beginning) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value?.StartsWith(beginning, StringComparison.Ordinal) == true)
            {
                throw new TimeoutException();
            }

            base.WriteLine(value);
        }
    }
}
