using System.Collections.Frozen;
using System.Reflection;

namespace Streaming.Daemon.Serving.Dashboard;

/// <summary>The files of the dashboard, which are part of the executable.</summary>
internal static class DashboardFiles
{
    private const string Prefix = "dashboard/";

    private static readonly FrozenDictionary<string, string> types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    /// <summary>All of them by name: index.html, style.css, ….</summary>
    public static FrozenDictionary<string, DashboardFile> ByName { get; } = Read();

    private static FrozenDictionary<string, DashboardFile> Read()
    {
        Assembly assembly = typeof(DashboardFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name[Prefix.Length..], name => new DashboardFile(types[Path.GetExtension(name)], Load(assembly, name)));
    }

    private static byte[] Load(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
