using System.Reflection;

namespace Streaming.Daemon.Pipeline;

/// <summary>Which build of the daemon this is.</summary>
internal static class DaemonVersion
{
    private const int LongestText = 64;

    /// <summary>Version and, where the build knew it, commit: "0.1.0+4f2c…"; without blanks.</summary>
    public static string Text { get; } = Of(
        typeof(DaemonVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>());

    private static string Of(AssemblyInformationalVersionAttribute? version)
    {
        string text = version?.InformationalVersion.Replace(' ', '-') ?? "unknown";
        return text[..Math.Min(text.Length, LongestText)];
    }
}
