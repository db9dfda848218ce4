using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Streaming.Daemon.Configuration;

/// <summary>Records of CSV lines; which columns are read, SeriesPath, TimePath and ValuePath say.</summary>
internal sealed record CsvInputOptions : IValidatableObject
{
    /// <summary>Names of a line's columns, in order. Default series, time, value.</summary>
    [Length(1, 1_024)]
    public IReadOnlyList<string> Columns { get; init; } = ["series", "time", "value"];

    /// <summary>What separates them: one character. Default a comma.</summary>
    public string Separator { get; init; } = ",";

    /// <summary>Number of a column, from 0; −1 if there is none.</summary>
    /// <param name="column">Its name, or its number from 1.</param>
    public int IndexOf(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
            {
                return i;
            }
        }

        bool isNumber = int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return isNumber && number <= Columns.Count ? number - 1 : -1;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Separator.Length != 1 || !char.IsAscii(Separator[0]) || char.IsLetterOrDigit(Separator[0])
            || "\"\r\n.+-".Contains(Separator, StringComparison.Ordinal))
        {
            yield return new($"'{Separator}' must be one character such as , ; | or a tab", [nameof(Separator)]);
        }
    }
}
