using System.Diagnostics;
using Streaming.Daemon.Cli;

namespace Integration.Harness;

/// <summary>A command of the built executable that has run to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its stdout.</param>
/// <param name="Error">Its stderr.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command, without input.</summary>
    /// <param name="variables">Environment variables on top of the test's.</param>
    /// <param name="args">Its arguments.</param>
    public static async Task<CommandResult> RunAsync(IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ForecasterCommand).Assembly.Location, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience.Limit);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"'{string.Join(' ', args)}' does not end.\n{await output}{await error}");
        }
    }
}
