using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>docs/configuration.md.</summary>
public sealed class ConfigurationPageTests
{
    [Fact]
    public void ConfigurationPage_IsMadeOfTheOptionTypes() =>
        GeneratedPage.Check("configuration.md", ConfigurationPage.Lines());

    [Fact]
    public void Options_AllOfThem_SayWhatTheyDo() => Assert.All(
        ConfigurationPage.Options(), option => Assert.NotEmpty(XmlSummaries.Of(option.Property)));

    /// <summary>The table tells numbers apart from what they default to: a summary that names another is out of
    /// date.</summary>
    [Fact]
    public void Lines_AnyOption_IsThereOnce() => Assert.Equal(
        OptionsSchema.AllPaths(typeof(ForecasterOptions)).Where(key => !IsSection(key)).Order(),
        ConfigurationPage.Lines().Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]).Order());

    /// <summary>What operations.md tells of changes.</summary>
    [Theory]
    [InlineData("Model:Hidden", "reset")]
    [InlineData("Model:Layers", "reset")]
    [InlineData("Model:Horizons", "reset")]
    [InlineData("Model:LagSteps", "reset")]
    [InlineData("Model:Features", "reset")]
    [InlineData("Model:Scaling", "reset")]
    [InlineData("Output:Quantiles", "reset")]
    [InlineData("Input:Covariates", "reset")]
    [InlineData("Series:Grace", "migrates")]
    [InlineData("Series:Step", "cold")]
    [InlineData("Model:File", "free")]
    [InlineData("Http:Port", "free")]
    [InlineData("Input:Topic", "anew")]
    public void Of_AnOption_IsWhatOperationsTell(string key, string expected) =>
        Assert.Equal(expected, OptionEffects.Of(key));

    private static bool IsSection(string key)
    {
        Type type = typeof(ForecasterOptions);
        foreach (string name in key.Split(':'))
        {
            type = type.GetProperty(name)!.PropertyType;
        }

        return OptionsSchema.IsSection(type);
    }
}
