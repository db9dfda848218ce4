using System.Reflection;
using System.Text.Json.Serialization;

namespace Streaming.Daemon.Configuration;

/// <summary>The choices of an option as operators write them: in lower case, or as an attribute spells them.</summary>
internal static class OptionNames
{
    public static string Of(Enum choice) => Of(choice.GetType(), choice.ToString());

    /// <summary>All choices of a type, in the order of their values.</summary>
    public static IEnumerable<string> All(Type type) => Enum.GetNames(type).Select(name => Of(type, name));

    /// <summary>The choice that a text names, whatever its case; null if none.</summary>
    /// <remarks>Enum.TryParse would also take numbers and comma-separated names.</remarks>
    public static object? Parse(Type type, string text)
    {
        string wanted = text.Trim();
        string? name = Array.Find(
            Enum.GetNames(type), name => Of(type, name).Equals(wanted, StringComparison.OrdinalIgnoreCase));
        return name is null ? null : Enum.Parse(type, name);
    }

    private static string Of(Type type, string name) =>
        type.GetField(name)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? name.ToLowerInvariant();
}
