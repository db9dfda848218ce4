namespace Streaming.Testing;

/// <summary>Programs by others that some tests call: looked for on this machine, never installed by a test.</summary>
internal static class MachineProgram
{
    /// <summary>Name under which the Python client of Debian's package python3-kafka is asked for.</summary>
    public const string PythonKafka = "python3-kafka";

    /// <summary>Name under which Debian's package python3-jsonschema is asked for.</summary>
    public const string PythonJsonSchema = "python3-jsonschema";

    /// <summary>Name under which rsyslogd with Debian's package rsyslog-kafka is asked for.</summary>
    public const string RsyslogKafka = "rsyslog-kafka";

    /// <summary>Name under which node with the package kafkajs is asked for, looked for along NODE_PATH.</summary>
    public const string KafkaJs = "kafkajs";

    /// <summary>Name under which node with the package kubernetes-models is asked for, likewise.</summary>
    public const string KubernetesModels = "kubernetes-models";

    /// <summary>Name under which node with the package playwright-core is asked for, likewise.</summary>
    public const string Playwright = "playwright-core";

    /// <summary>Debian's interpreter: the one that sees Debian's Python packages, whatever PATH says.</summary>
    public const string DebianPython = "/usr/bin/python3";

    private const string DebianPythonPackages = "/usr/lib/python3/dist-packages";

    /// <summary>Whether a program can be started by its name, or a known package is installed.</summary>
    public static bool IsPresent(string name) => name switch
    {
        PythonKafka => HasPythonPackage("kafka"),
        PythonJsonSchema => HasPythonPackage("jsonschema"),
        RsyslogKafka => IsPresent("rsyslogd") && Directory.Exists("/usr/lib")
            && Directory.EnumerateDirectories("/usr/lib").Append("/usr/lib")
                .Any(folder => File.Exists(Path.Combine(folder, "rsyslog", "omkafka.so"))),
        KafkaJs or Playwright or KubernetesModels => IsPresent("node")
            && Folders("NODE_PATH").Any(folder => Directory.Exists(Path.Combine(folder, name))),
        _ => Folders("PATH").Any(folder =>
            File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, name + ".exe"))),
    };

    /// <summary>Why a test is skipped, or null where all it needs is there.</summary>
    /// <remarks>CI looks for this wording and fails on it: there every program is installed.</remarks>
    public static string? ReasonToSkip(IEnumerable<string> names)
    {
        string[] missing = [.. names.Where(name => !IsPresent(name))];
        return missing.Length == 0 ? null : $"This machine lacks {string.Join(", ", missing)}.";
    }

    private static bool HasPythonPackage(string name) =>
        File.Exists(DebianPython) && Directory.Exists(Path.Combine(DebianPythonPackages, name));

    private static string[] Folders(string variable) => (Environment.GetEnvironmentVariable(variable) ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
}
