namespace Chart.Tests;

/// <summary>The configurations that the chart supports: its defaults and each values file under ci.</summary>
public static class ValuesFiles
{
    /// <summary>File names below helm/ci; empty stands for the defaults alone.</summary>
    public static TheoryData<string> All =>
        ["", .. Directory.GetFiles(Path.Combine(Helm.Chart, "ci"), "*.yaml").Select(file => Path.GetFileName(file)).Order()];

    /// <summary>Arguments that hand a values file to helm.</summary>
    internal static string[] Arguments(string file) =>
        file.Length == 0 ? [] : ["--values", Path.Combine(Helm.Chart, "ci", file)];
}
