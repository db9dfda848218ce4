using System.Text.Encodings.Web;
using System.Text.Json;
using YamlDotNet.Serialization;

namespace Chart.Tests;

/// <summary>The table of the chart's README, made from values.yaml: key, default, and the comment that begins with
/// "--".</summary>
/// <remarks>A key with a comment stands for all below it; a key without one is a group, whose keys need one each.
/// </remarks>
internal static class ValuesTable
{
    public const string Heading = "| value | default | meaning |";

    private const string Mark = "# -- ";

    private static readonly JsonSerializerOptions plainText = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The table, with its heading, one line a row.</summary>
    /// <exception cref="InvalidOperationException">A value has no comment.</exception>
    public static IReadOnlyList<string> Of(string yaml)
    {
        object values = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build()
            .Deserialize<object>(yaml);
        return [Heading, "| --- | --- | --- |", .. Rows(values, "", Comments(yaml.Split('\n')))];
    }

    private static IEnumerable<string> Rows(object value, string path, IReadOnlyDictionary<string, string> comments)
    {
        if (comments.TryGetValue(path, out string? comment))
        {
            return [$"| `{path}` | `{JsonSerializer.Serialize(value, plainText)}` | {comment} |"];
        }

        return value is Dictionary<object, object> group && group.Count > 0
            ? group.SelectMany(pair => Rows(pair.Value, path.Length == 0 ? $"{pair.Key}" : $"{path}.{pair.Key}", comments))
            : throw new InvalidOperationException($"values.yaml: '{path}' has no comment.");
    }

    /// <summary>Comments by the path of the key that they stand above.</summary>
    private static Dictionary<string, string> Comments(IReadOnlyList<string> lines)
    {
        var comments = new Dictionary<string, string>();
        var path = new Stack<(int Indent, string Key)>();
        string? comment = null;
        foreach (string line in lines)
        {
            string text = line.Trim();
            if (text.StartsWith('#'))
            {
                comment = text.StartsWith(Mark, StringComparison.Ordinal)
                    ? text[Mark.Length..]
                    : comment is null ? null : comment + text[1..];
                continue;
            }

            int colon = text.IndexOf(':');
            if (colon > 0 && !text.StartsWith('-'))
            {
                int indent = line.Length - line.TrimStart().Length;
                while (path.TryPeek(out (int Indent, string Key) above) && above.Indent >= indent)
                {
                    path.Pop();
                }

                path.Push((indent, text[..colon]));
                if (comment is not null)
                {
                    comments[string.Join('.', path.Reverse().Select(level => level.Key))] = comment;
                }
            }

            comment = null;
        }

        return comments;
    }
}
