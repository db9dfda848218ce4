using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Streaming.Daemon.Configuration;

/// <summary>Everything that is wrong with bound options.</summary>
internal static class ConfigurationValidator
{
    /// <summary>Checks past a single section; each gets the whole and says what is wrong with it.</summary>
    private static readonly Func<ForecasterOptions, IEnumerable<ConfigurationError>>[] Checks =
    [
        RuleChecks.Check,
        GroupChecks.Check,
        CrossChecks.Check,
        CovariateChecks.Check,
        SeriesHorizons.Check,
        ModelFileChecks.Check,
        StateBound.Check,
        SchemaChecks.Check,
    ];

    public static IReadOnlyList<ConfigurationError> Validate(ForecasterOptions options) =>
        [.. Section(options, ""), .. Checks.SelectMany(check => check(options))];

    /// <summary>Annotations and own rules of a record of options and of those below it.</summary>
    /// <remarks>
    /// Not Validator.TryValidateObject: that leaves an object's own rules out as soon as one annotation fails.
    /// </remarks>
    internal static IEnumerable<ConfigurationError> Section(object section, string path)
    {
        foreach (PropertyInfo property in OptionsSchema.Settings(section.GetType()))
        {
            string key = OptionsSchema.Join(path, property.Name);
            object? value = property.GetValue(section);
            foreach (string message in Annotations(property, value))
            {
                yield return new(key, message);
            }

            foreach (ConfigurationError error in Below(property.PropertyType, value, key))
            {
                yield return error;
            }
        }

        if (section is IValidatableObject own)
        {
            foreach (ValidationResult result in own.Validate(new(section)))
            {
                string name = result.MemberNames.FirstOrDefault() ?? "";
                string key = name.Length == 0 ? path : OptionsSchema.Join(path, name);
                yield return new(key, result.ErrorMessage ?? "invalid");
            }
        }
    }

    private static IEnumerable<ConfigurationError> Below(Type type, object? value, string key)
    {
        if (value is null)
        {
            return [];
        }

        if (OptionsSchema.IsSection(type))
        {
            return Section(value, key);
        }

        return OptionsSchema.ElementType(type) is { } element && OptionsSchema.IsSection(element)
            ? ((IEnumerable)value).Cast<object>().SelectMany((item, i) => Section(item, $"{key}:{i}"))
            : [];
    }

    private static IEnumerable<string> Annotations(PropertyInfo property, object? value) =>
        from attribute in property.GetCustomAttributes<ValidationAttribute>()
        where !attribute.IsValid(value)
        select Message(attribute, property, value);

    private static string Message(ValidationAttribute attribute, PropertyInfo property, object? value) =>
        attribute switch
        {
            { ErrorMessage: { } own } => own,
            RangeAttribute range => string.Create(
                CultureInfo.InvariantCulture, $"must be between {range.Minimum} and {range.Maximum}, but is {value}"),
            LengthAttribute length => string.Create(
                CultureInfo.InvariantCulture,
                $"must have {length.MinimumLength} to {length.MaximumLength} entries, but has {Count(value)}"),
            RequiredAttribute => "must not be empty",
            _ => attribute.FormatErrorMessage(property.Name),
        };

    private static int Count(object? value) => value is IEnumerable items ? items.Cast<object>().Count() : 0;
}
