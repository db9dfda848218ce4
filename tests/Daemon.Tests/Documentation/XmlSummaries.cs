using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>The summaries of types and members, as the compiler writes them beside each assembly.</summary>
internal static partial class XmlSummaries
{
    private static readonly Dictionary<string, XElement> members = Directory
        .EnumerateFiles(AppContext.BaseDirectory, "*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .Where(member => member.Element("summary") is not null)
        .GroupBy(member => member.Attribute("name")!.Value)
        .ToDictionary(named => named.Key, named => named.First().Element("summary")!);

    /// <summary>A property's summary on one line; empty where it has none.</summary>
    public static string Of(PropertyInfo property) => Of($"P:{property.DeclaringType!.FullName}.{property.Name}");

    /// <summary>A type's, likewise.</summary>
    public static string Of(Type type) => Of($"T:{type.FullName}");

    /// <summary>That of a choice.</summary>
    public static string Of(Type choices, string name) => Of($"F:{choices.FullName}.{name}");

    private static string Of(string member) => members.TryGetValue(member, out XElement? summary)
        ? Space().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim()
        : "";

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when element.Attribute("cref") is { } reference => $"`{reference.Value.Split('(')[0].Split('.')[^1]}`",
        XElement element => $"`{element.Value}`",
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
