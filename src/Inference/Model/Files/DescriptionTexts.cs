using System.Collections.Immutable;
using System.Globalization;

namespace Streaming.Inference.Model;

/// <summary>Metadata as typed values; every error names the key.</summary>
/// <param name="metadata">A model file's.</param>
/// <param name="file">Its name, for messages.</param>
internal readonly struct DescriptionTexts(IReadOnlyDictionary<string, string> metadata, string file)
{
    public string Word(string key)
    {
        string text = Text(key, "a text").Trim();
        return text.Length > 0 ? text : throw new ModelFileException(file, key, "a text", "an empty one");
    }

    public ImmutableArray<string> Words(string key, string expected, int count)
    {
        string text = Text(key, expected);
        ImmutableArray<string> words = [.. text.Split(',', StringSplitOptions.TrimEntries)];
        return words.Length == count && words.All(word => word.Length > 0)
            ? words
            : throw new ModelFileException(file, key, expected, $"{words.Length} ('{text}')");
    }

    public ImmutableArray<int> Horizons(int count)
    {
        string expected = $"{count} ascending numbers of steps, one an output";
        ImmutableArray<string> words = Words(ModelMetadata.Horizons, expected, count);
        var horizons = ImmutableArray.CreateBuilder<int>(count);
        int last = 0;
        foreach (string word in words)
        {
            if (!IsNumber(word, out int steps) || steps <= last)
            {
                throw new ModelFileException(file, ModelMetadata.Horizons, expected, string.Join(',', words));
            }

            horizons.Add(last = steps);
        }

        return horizons.MoveToImmutable();
    }

    public int Lags(int most)
    {
        string expected = $"a number of steps up to {most}";
        string text = Text(ModelMetadata.Lags, expected);
        return IsNumber(text, out int steps) && steps <= most
            ? steps
            : throw new ModelFileException(file, ModelMetadata.Lags, expected, $"'{text}'");
    }

    private static bool IsNumber(string text, out int steps) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out steps);

    private string Text(string key, string expected) =>
        metadata.TryGetValue(key, out string? text)
            ? text
            : throw new ModelFileException(file, key, expected, "none");
}
