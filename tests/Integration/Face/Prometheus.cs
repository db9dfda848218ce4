using System.Text.Json;
using System.Text.RegularExpressions;
using Integration.Harness;

namespace Integration.Face;

/// <summary>A real Prometheus that scrapes one address.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    public const string Program = "prometheus";

    private readonly DirectoryInfo folder;
    private readonly ListeningProcess process;
    private readonly HttpClient http = new();

    private Prometheus(DirectoryInfo folder, ListeningProcess process) => (this.folder, this.process) = (folder, process);

    public static async Task<Prometheus> StartAsync(Uri target)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("forecaster-prometheus-");
        string configuration = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $"""
            global: {"{"} scrape_interval: 1s {"}"}
            rule_files: ["{RepositoryRoot.Combine("helm", "rules", "forecaster.yaml")}"]
            scrape_configs:
              - job_name: forecaster
                static_configs: [{"{"} targets: ["{target.Authority}"] {"}"}]
            """);
        ListeningProcess process = ListeningProcess.Start(
            new Regex(@"msg=""Listening on"" address=(\S+)"), Program, $"--config.file={configuration}",
            "--web.listen-address=127.0.0.1:0", $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}");
        var prometheus = new Prometheus(folder, process);
        prometheus.http.BaseAddress = await process.ListeningAsync();
        await Patience.UntilAsync(prometheus.IsReadyAsync, () => "Prometheus does not get ready.");
        return prometheus;
    }

    /// <summary>Evaluates an expression now.</summary>
    /// <returns>How many samples it has.</returns>
    public async Task<int> CountAsync(string expression)
    {
        using HttpResponseMessage answer =
            await http.GetAsync(new Uri($"/api/v1/query?query={Uri.EscapeDataString(expression)}", UriKind.Relative));
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{expression}: {body}");
        using JsonDocument json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("data").GetProperty("result").GetArrayLength();
    }

    /// <summary>It listens before it answers.</summary>
    private async Task<bool> IsReadyAsync()
    {
        using HttpResponseMessage answer = await http.GetAsync(new Uri("/-/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        http.Dispose();
        folder.Delete(recursive: true);
    }
}
