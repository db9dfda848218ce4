using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Integration.Harness;
using Streaming.Daemon.Cli;

namespace Integration.Face;

/// <summary>A program that serves HTTP and says where; ended with what it has started when disposed.</summary>
internal sealed class ListeningProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Regex announcement;
    private readonly StringBuilder log = new();
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ListeningProcess(Process process, Regex announcement)
    {
        (this.process, this.announcement) = (process, announcement);
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has written so far.</summary>
    public string Log
    {
        get
        {
            lock (log)
            {
                return log.ToString();
            }
        }
    }

    /// <param name="announcement">Matches the line that tells the address, host and port its first group.</param>
    /// <param name="program">What to start.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ListeningProcess Start(Regex announcement, string program, params string[] arguments) => new(
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!,
        announcement);

    /// <summary>Starts the demo on a free port, at a pace in steps a second.</summary>
    public static ListeningProcess StartDemo(string speed) => Start(
        new Regex(@"Dashboard: http://([\d.:]+)/"), "dotnet", "exec", typeof(ForecasterCommand).Assembly.Location, "demo",
        "--speed", speed);

    /// <summary>Waits until it listens.</summary>
    /// <returns>Its address.</returns>
    public async Task<Uri> ListeningAsync()
    {
        Task ended = process.WaitForExitAsync();
        await Task.WhenAny(address.Task, ended).WaitAsync(Patience.Limit);
        return address.Task.IsCompleted
            ? await address.Task
            : throw new InvalidOperationException($"It ended with {process.ExitCode}.\n{Log}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (log)
        {
            log.AppendLine(line);
        }

        if (announcement.Match(line) is { Success: true } match)
        {
            address.TrySetResult(new Uri($"http://{match.Groups[1].Value}"));
        }
    }
}
