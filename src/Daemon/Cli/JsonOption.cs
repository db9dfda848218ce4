using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Streaming.Daemon.Cli;

/// <summary>--json of a command: its result for programs, on stdout and nothing else there.</summary>
internal sealed class JsonOption : Option<bool>
{
    private JsonOption(Type result, JsonSerializerOptions resultFormat, string description)
        : base("--json")
    {
        (Result, ResultFormat) = (result, resultFormat);
        Description = description;
    }

    /// <summary>How results are written that have no format of their own.</summary>
    public static JsonSerializerOptions Format { get; } = new()
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a terminal or a file reads this, no browser
        WriteIndented = true,
    };

    /// <summary>What is printed.</summary>
    public Type Result { get; }

    /// <summary>How it is written.</summary>
    public JsonSerializerOptions ResultFormat { get; }

    /// <summary>The option of a command.</summary>
    /// <typeparam name="T">What the command prints.</typeparam>
    public static JsonOption Of<T>() => Of<T>(Format, "Print one JSON object on stdout; all else goes to stderr.");

    /// <summary>The option of a command that prints in a format of its own.</summary>
    /// <typeparam name="T">What the command prints.</typeparam>
    /// <param name="format">How.</param>
    /// <param name="description">What the option does.</param>
    public static JsonOption Of<T>(JsonSerializerOptions format, string description) =>
        new(typeof(T), format, description);

    public static void Write<T>(T result, TextWriter output) =>
        output.WriteLine(JsonSerializer.Serialize(result, Format));
}
