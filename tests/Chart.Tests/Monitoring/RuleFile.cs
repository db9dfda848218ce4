namespace Chart.Tests.Monitoring;

/// <summary>A file of Prometheus rules, as far as ours goes; a strict read refuses the rest.</summary>
public sealed class RuleFile
{
    public IList<RuleGroup> Groups { get; init; } = [];
}

/// <summary>Rules that are evaluated together.</summary>
public sealed class RuleGroup
{
    public string Name { get; set; } = "";

    public IList<AlertRule> Rules { get; init; } = [];
}

/// <summary>One alert.</summary>
public sealed class AlertRule
{
    public string Alert { get; set; } = "";

    public string Expr { get; set; } = "";

    public string For { get; set; } = "";

    public IDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
