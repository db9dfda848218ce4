using System.Collections;
using System.Globalization;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Tests.Documentation;

public sealed class OptionTableTests
{
    private const string None = "—";

    [Fact]
    public void Readme_OptionTable_HasEveryOptionWithItsDefault()
    {
        IEnumerable<string> documented = Readme.Table("| option | default | meaning |")
            .Select(cells => $"{cells[0]} | {cells[1]}");

        Assert.Equal(Rows(new ForecasterOptions(), "").Order(), documented.Order());
    }

    [Fact]
    public void Readme_OptionTable_ExplainsEveryOption()
    {
        Assert.All(Readme.Table("| option | default | meaning |"), cells => Assert.NotEmpty(cells[2]));
    }

    private static IEnumerable<string> Rows(object section, string path) =>
        OptionsSchema.Settings(section.GetType()).SelectMany(property =>
        {
            object? value = property.GetValue(section);
            string name = OptionsSchema.Join(path, property.Name);
            return OptionsSchema.IsSection(property.PropertyType) ? Rows(value!, name) : [$"`{name}` | {Text(value)}"];
        });

    private static string Text(object? value) => value switch
    {
        null or "" => None,
        string text when text == Environment.MachineName => "the host's name",
        string text => Code(text),
        bool flag => Code(flag ? "true" : "false"),
        Enum choice => Code(OptionNames.Of(choice)),
        TimeSpan span => Code(TrimFraction(span.ToString("c", CultureInfo.InvariantCulture))),
        IEnumerable list => list.Cast<object>().Any() ? Code(string.Join(", ", list.Cast<object>().Select(Plain))) : None,
        _ => Code(Plain(value)),
    };

    private static string Plain(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Code(string text) => $"`{text}`";

    /// <summary>A time span without the zeros that end its fraction.</summary>
    private static string TrimFraction(string span) => span.Length > 9 && span[^8] == '.' ? span.TrimEnd('0') : span;
}
