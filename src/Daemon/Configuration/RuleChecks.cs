namespace Streaming.Daemon.Configuration;

/// <summary>A rule's result must be as sound as the Series section.</summary>
internal static class RuleChecks
{
    public static IEnumerable<ConfigurationError> Check(ForecasterOptions options)
    {
        // What is wrong with Series is wrong in every rule that inherits it: said once is enough.
        HashSet<ConfigurationError> inherited = [.. ConfigurationValidator.Section(options.Series, "")];
        return options.Rules.SelectMany((rule, i) => ConfigurationValidator
            .Section(rule.Over(options.Series), "")
            .Where(error => !inherited.Contains(error))
            .Select(error => error with { Key = $"Rules:{i}:{error.Key}" }));
    }
}
