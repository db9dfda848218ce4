using System.Diagnostics;

namespace Integration.Harness;

/// <summary>An rsyslog that reads one log file and sends its lines to a topic, as JSON by a template.</summary>
/// <remarks>Lines are "series time value". The key is the series id: each series stays in one partition.</remarks>
internal sealed class Rsyslog : IDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private Rsyslog(Process process, DirectoryInfo folder) => (this.process, this.folder) = (process, folder);

    /// <summary>Starts it in a folder of its own.</summary>
    /// <param name="cluster">Where to send.</param>
    /// <param name="topic">Topic to send to.</param>
    /// <param name="lines">What stands in the log.</param>
    public static Rsyslog Start(TestCluster cluster, string topic, string lines)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("forecaster-rsyslog-");
        string log = Path.Combine(folder.FullName, "app.log");
        string configuration = Path.Combine(folder.FullName, "rsyslog.conf");
        File.WriteAllText(log, lines);
        File.WriteAllText(configuration, $$"""
            global(workDirectory="{{folder.FullName}}")
            module(load="imfile")
            module(load="omkafka")
            template(name="series" type="string" string="%msg:F,32:1%")
            template(name="event" type="string"
                string="{\"series\":\"%msg:F,32:1%\",\"time\":\"%msg:F,32:2%\",\"value\":%msg:F,32:3%}")
            input(type="imfile" file="{{log}}" tag="app:")
            action(type="omkafka" broker="{{cluster.BootstrapServers}}" topic="{{topic}}"
                key="series" dynaKey="on" template="event")

            """);
        var start = new ProcessStartInfo(
            "rsyslogd", ["-n", "-f", configuration, "-i", Path.Combine(folder.FullName, "rsyslog.pid")]);
        return new(Process.Start(start)!, folder);
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        folder.Delete(recursive: true);
    }
}
