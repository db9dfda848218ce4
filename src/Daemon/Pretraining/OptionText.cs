using System.Collections;
using System.Globalization;

namespace Streaming.Daemon.Pretraining;

/// <summary>Properties of options as a command line has them.</summary>
internal static class OptionText
{
    /// <summary>LearningRate becomes --learning-rate; a list loses its s, as each use of its option adds one.</summary>
    public static string Name(string property)
    {
        string words = string.Concat(property.Select(
            (c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));
        return $"--{(property == nameof(PretrainingOptions.Sentinels) ? words[..^1] : words)}";
    }

    /// <summary>A value as one would type it; "none" for what is unset or empty.</summary>
    public static string Value(object? value)
    {
        string text = value switch
        {
            null => "",
            string word => word,
            IEnumerable list => string.Join(',', list.Cast<object>().Select(Value)),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!.ToLowerInvariant(),
        };
        return text.Length > 0 ? text : "none";
    }
}
