using System.Reflection;

namespace Streaming.Daemon.Configuration;

/// <summary>How the option records are read by reflection: sections, lists, dictionaries and plain values.</summary>
internal static class OptionsSchema
{
    /// <summary>Sections of the host that may stand beside ours.</summary>
    public static readonly IReadOnlyList<string> HostSections = ["Logging"];

    /// <summary>Settable properties, in the order of declaration.</summary>
    public static IEnumerable<PropertyInfo> Settings(Type section) =>
        section.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    /// <summary>Whether a type is a record of options.</summary>
    public static bool IsSection(Type type) => type.IsClass && type.Namespace == typeof(ForecasterOptions).Namespace;

    /// <summary>The type of a list's elements; null for what is not a list.</summary>
    public static Type? ElementType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : null;

    /// <summary>Whether a type is a table of Kafka properties.</summary>
    public static bool IsPropertyTable(Type type) => type == typeof(IReadOnlyDictionary<string, string>);

    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";

    /// <summary>Paths of every setting; lists of sections are not descended into.</summary>
    public static IEnumerable<string> AllPaths(Type section, string path = "")
    {
        foreach (PropertyInfo property in Settings(section))
        {
            string key = Join(path, property.Name);
            yield return key;
            if (IsSection(property.PropertyType))
            {
                foreach (string below in AllPaths(property.PropertyType, key))
                {
                    yield return below;
                }
            }
        }
    }
}
