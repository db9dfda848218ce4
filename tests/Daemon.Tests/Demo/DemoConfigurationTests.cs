using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class DemoConfigurationTests
{
    [Fact]
    public void Create_RulesAndDefaults_GiveTheCadencesOfTheScorecard()
    {
        ForecasterOptions options = DemoConfiguration.Create("127.0.0.1:1", port: 0);

        RuleOptions rule = Assert.Single(options.Rules);
        SeriesOptions taxi = rule.Over(options.Series);
        Assert.Equal(DemoConfiguration.Taxi, rule.Select);
        AssertCadence(DemoConfiguration.CadenceOf(DemoConfiguration.Taxi), taxi);
        AssertCadence(DemoConfiguration.CadenceOf("ec2_cpu_utilization_24ae8d"), options.Series);
        Assert.Equal(48, DemoConfiguration.CadenceOf(DemoConfiguration.Taxi).SeasonSteps);
        Assert.True(options.Series.WindowSteps > 2 * DemoConfiguration.CadenceOf("any").SeasonSteps);
    }

    [Fact]
    public void Create_AnySection_IsWithinItsBounds()
    {
        ForecasterOptions options = DemoConfiguration.Create("127.0.0.1:1", port: 0);

        object[] sections =
        [
            options, options.Kafka, options.Input, options.Output, options.Series, options.Model, options.Training,
            options.Pipeline, options.Http, .. options.Rules,
        ];
        Assert.All(sections, section =>
            Validator.ValidateObject(section, new ValidationContext(section), validateAllProperties: true));
    }

    private static void AssertCadence(Cadence cadence, SeriesOptions options)
    {
        Assert.Equal(cadence.Step, TimeSpan.Parse(options.Step, CultureInfo.InvariantCulture));
        Assert.Equal(cadence.Season, options.Season);
        Assert.Null(options.SeasonSteps);
    }
}
