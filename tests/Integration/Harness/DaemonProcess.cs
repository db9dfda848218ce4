using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Streaming.Daemon.Cli;

namespace Integration.Harness;

/// <summary>The built daemon as a process of its own.</summary>
internal sealed partial class DaemonProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly StringBuilder log = new();
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient http = new();

    private DaemonProcess(Process process, DirectoryInfo folder)
    {
        (this.process, this.folder) = (process, folder);
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

    public static DaemonProcess Start(IReadOnlyDictionary<string, string> variables)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("forecaster-test-");
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ForecasterCommand).Assembly.Location, "run"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!, folder);
    }

    /// <summary>Asks one of its endpoints, once it listens.</summary>
    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(await ListeningAsync(), path));
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException e)
        {
            throw new InvalidOperationException($"The daemon does not answer, and ends with {await EndAsync()}.\n{Log}", e);
        }
    }

    /// <summary>Waits until an endpoint's answer is as wanted, and returns it.</summary>
    public async Task<string> WaitForAsync(string path, Func<HttpStatusCode, string, bool> wanted)
    {
        (HttpStatusCode Status, string Body) last = (default, "");
        await Patience.UntilAsync(
            async () =>
            {
                last = await GetAsync(path);
                return wanted(last.Status, last.Body);
            },
            () => $"{path} answers {last.Status} {last.Body}\n{Log}");
        return last.Body;
    }

    public Task WaitUntilReadyAsync() => WaitForAsync("/ready", (status, _) => status == HttpStatusCode.OK);

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await ListeningAsync(); // before the host listens for signals, one would just end the process
        await SignalAsync("TERM");
        return await EndAsync();
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await EndAsync();
    }

    /// <summary>Makes it stand still, as a machine that swaps or a hypervisor that migrates does.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on, which knows nothing of the time between.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The daemon does not end.\n{Log}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
        http.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private async Task<Uri> ListeningAsync()
    {
        Task ended = process.WaitForExitAsync();
        Task first = await Task.WhenAny(address.Task, ended).WaitAsync(Patience.Limit);
        return first == address.Task
            ? await address.Task
            : throw new InvalidOperationException($"The daemon ended with {process.ExitCode}.\n{Log}");
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

        if (Listening().Match(line) is { Success: true } match)
        {
            address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
