using System.CommandLine;
using System.Diagnostics;
using Streaming.Daemon.Cli;

namespace Daemon.Tests.Cli;

/// <summary>What a run of the command line left behind.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command within the test's process.</summary>
    public static async Task<CommandRun> InProcess(params string[] args)
    {
        using var output = new StringWriter();
        return await InProcess(output, CancellationToken.None, args);
    }

    /// <summary>Runs a command within the test's process until it ends or is told to stop.</summary>
    /// <param name="output">Its stdout.</param>
    /// <param name="stop">Tells it.</param>
    /// <param name="args">Its arguments.</param>
    public static async Task<CommandRun> InProcess(StringWriter output, CancellationToken stop, params string[] args)
    {
        using var error = new StringWriter();
        int code = await ForecasterCommand.RunAsync(
            args, new InvocationConfiguration { Output = output, Error = error }, stop);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Starts the built executable.</summary>
    /// <param name="folder">Its working directory.</param>
    /// <param name="variables">Environment variables on top of the test's.</param>
    /// <param name="args">Its arguments.</param>
    public static Process Start(string folder, IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        string executable = typeof(ForecasterCommand).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", ["exec", executable, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs the built executable to its end.</summary>
    public static async Task<CommandRun> InChild(
        string folder, IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        using Process process = Start(folder, variables, args);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await EndAsync(process);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Waits for a process; one that hangs is killed, so that a broken build ends the test and not the day.
    /// </summary>
    public static async Task EndAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
