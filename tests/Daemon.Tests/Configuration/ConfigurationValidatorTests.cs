using System.Reflection;
using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class ConfigurationValidatorTests
{
    [Theory]
    [InlineData("Application", "")]
    [InlineData("Application", "a b")]
    [InlineData("Application", "..")]
    [InlineData("Application", "name\n")]
    [InlineData("Kafka:BootstrapServers", "")]
    [InlineData("Kafka:BootstrapServers", "a:1,,b:2")]
    [InlineData("Kafka:BootstrapServers", "a:b")]
    [InlineData("Kafka:InstanceId", "pod 1")]
    [InlineData("Kafka:SessionTimeout", "00:00:00.5")]
    [InlineData("Input:Topic", "")]
    [InlineData("Input:Topic", "ünïcode")]
    [InlineData("Input:SeriesPath", "")]
    [InlineData("Input:TimePath", "a..b")]
    [InlineData("Input:SeriesPath", "kafka.timestamp")]
    [InlineData("Input:TimePath", "kafka.key")]
    [InlineData("Input:ValuePath", "kafka.key")]
    [InlineData("Input:ValuePath", ".a")]
    [InlineData("Input:Format", "xml")]
    [InlineData("Input:Csv:Columns", "")]
    [InlineData("Input:Csv:Separator", "")]
    [InlineData("Input:Csv:Separator", "1")]
    [InlineData("Input:Start", "")]
    [InlineData("Input:Start", "now")]
    [InlineData("Input:Start", "14")]
    [InlineData("Input:Start", "0")]
    [InlineData("Input:Start", "36501.00:00:00")]
    [InlineData("Input:Skip", "events-3")]
    [InlineData("Input:Skip", "events@3")]
    [InlineData("Input:Skip", "events-3@-1")]
    [InlineData("Input:Skip", "events-three@1")]
    [InlineData("Input:Skip", "-3@1")]
    [InlineData("Input:Skip", "events-3@99999999999999999999")]
    [InlineData("Output:Emit", "late")]
    [InlineData("Output:Topic", "events")]
    [InlineData("Output:DeadLetterTopic", "events")]
    [InlineData("Output:DeadLetterTopic", "forecasts")]
    [InlineData("Output:Quantiles", "0.5,0.5")]
    [InlineData("Output:Quantiles", "0,0.5")]
    [InlineData("Series:Step", "")]
    [InlineData("Series:Step", "00:00:00.999")]
    [InlineData("Series:Step", "367.00:00:00")]
    [InlineData("Series:Step", "1 min")]
    [InlineData("Series:Step", "7")]
    [InlineData("Series:Grace", "-00:00:01")]
    [InlineData("Series:MaxGapSteps", "1025")]
    [InlineData("Series:IdleAfter", "00:06:00")]
    [InlineData("Series:SilenceSteps", "-1")]
    [InlineData("Series:TimeZone", "Europe/Atlantis")]
    [InlineData("Series:TimeZone", "")]
    [InlineData("Series:Season", "7.00:00:00")]
    [InlineData("Series:Season", "00:00:29")]
    [InlineData("Series:Season", "00:01:00")]
    [InlineData("Series:SeasonSteps", "672")]
    [InlineData("Series:SeasonSteps", "1")]
    [InlineData("Series:SeasonSteps", "-1")]
    [InlineData("Series:PublishEverySteps", "0")]
    [InlineData("Series:WindowSteps", "7")]
    [InlineData("Series:WindowSteps", "24")]
    [InlineData("Series:WindowSteps", "48")]
    [InlineData("Model:Hidden", "0")]
    [InlineData("Model:Layers", "5")]
    [InlineData("Model:Horizons", "")]
    [InlineData("Model:Horizons", "0")]
    [InlineData("Model:Horizons", "2,1")]
    [InlineData("Model:Horizons", "1,1")]
    [InlineData("Model:Features", "")]
    [InlineData("Model:Features", "mean")]
    [InlineData("Model:Features", "default,age")]
    [InlineData("Model:Features", "default,covariate:temp")]
    [InlineData("Input:Covariates", "temp,temp=b")]
    [InlineData("Input:Covariates", "temp erature")]
    [InlineData("Input:Covariates", "temp=a..b")]
    [InlineData("Input:Covariates", "a,b,c,d,e,f,g,h,i,j,k,l,m")]
    [InlineData("Model:Scaling", "minmax")]
    [InlineData("Series:Holidays:0", "25.12.2026")]
    [InlineData("Series:Holidays:0", "2026-12-32")]
    [InlineData("Training:Interval", "00:00:00")]
    [InlineData("Training:CpuShare", "1.5")]
    [InlineData("Pipeline:CommitInterval", "00:00:00.049")]
    [InlineData("Pipeline:AnomalyThreshold", "0.4")]
    [InlineData("Http:Address", "localhost")]
    [InlineData("Http:Port", "-1")]
    [InlineData("Http:AdvertisedUrl", "pod-0:9464")]
    [InlineData("Http:AdvertisedUrl", "http://me:hunter2@pod-0:9464")]
    [InlineData("Http:AdvertisedUrl", "http://pod-0:9464/?token=hunter2")]
    public void Validate_OneBadValue_NamesItsKey(string key, string value)
    {
        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request(
            key == Sources.Broker.Key ? [(key, value)] : [Sources.Broker, (key, value)]));

        Assert.NotEmpty(result.Errors);
        Assert.All(result.Errors, error => Assert.Equal(key, error.Key));
    }

    [Theory]
    [InlineData("Series:Step", "event")]
    [InlineData("Series:Step", "00:00:01")]
    [InlineData("Series:Step", "366.00:00:00")]
    [InlineData("Series:Season", "0")]
    [InlineData("Series:Season", "11:11:00")]
    [InlineData("Series:SeasonSteps", "671")]
    [InlineData("Series:WindowSteps", "49")]
    [InlineData("Series:Holidays", "2026-12-25, 2027-01-01")]
    [InlineData("Model:Features", "default,mean:672")]
    [InlineData("Model:Features", "default,lag:671")]
    [InlineData("Model:Scaling", "min-max")]
    [InlineData("Input:Covariates", "temp,load=plant.load")]
    [InlineData("Kafka:BootstrapServers", "SASL_SSL://a.b:9093, [::1]:9092,c")]
    [InlineData("Http:Address", "::")]
    [InlineData("Input:Topic", "a.b_c-1")]
    [InlineData("Input:Format", "telegraf-json")]
    [InlineData("Input:Format", "CSV")]
    [InlineData("Input:Csv:Separator", "\t")]
    public void Validate_ValueAtItsBound_IsValid(string key, string value) =>
        Assert.Empty(ConfigurationLoader.Load(Sources.Request(
            key == Sources.Broker.Key ? [(key, value)] : [Sources.Broker, (key, value)])).Errors);

    [Fact]
    public void Validate_Defaults_LackTheBrokerAlone() =>
        Assert.Equal(
            new ConfigurationError("Kafka:BootstrapServers", "is required: a comma-separated list of host:port"),
            Assert.Single(ConfigurationLoader.Load(Sources.Request()).Errors));

    [Theory]
    [InlineData("Step", "1 min")]
    [InlineData("Grace", "-00:00:01")]
    [InlineData("Grace", "8.00:00:00")]
    [InlineData("MaxSkew", "-00:00:01")]
    [InlineData("MaxFuture", "-00:00:01")]
    [InlineData("MaxGapSteps", "-1")]
    [InlineData("Season", "366.00:00:00")]
    [InlineData("SeasonSteps", "2000")]
    [InlineData("WindowSteps", "0")]
    [InlineData("WindowSteps", "24")]
    [InlineData("WindowSteps", "65537")]
    [InlineData("Select", "")]
    public void Validate_RuleOutOfBounds_NamesTheRule(string name, string value)
    {
        string key = $"Rules:1:{name}";

        (string, string?)[] select = name == "Select" ? [] : [("Rules:1:Select", "b")];

        ConfigurationResult result = Sources.Load([("Rules:0:Select", "a"), .. select, (key, value)]);

        Assert.NotEmpty(result.Errors);
        Assert.All(result.Errors, error => Assert.Equal(key, error.Key));
    }

    [Theory]
    [InlineData("Series:WindowSteps", 60, 60, 1)]
    [InlineData("Series:WindowSteps", 61, 60, 0)]
    [InlineData("Rules:0:WindowSteps", 60, 60, 1)]
    [InlineData("Rules:0:WindowSteps", 61, 60, 0)]
    public void Validate_WindowAgainstHorizon_MustExceedIt(string key, int window, int horizon, int errors)
    {
        ConfigurationResult result = Sources.Load(
            ("Rules:0:Select", "a"), (key, $"{window}"), ("Model:Horizons", $"1,{horizon}"));

        Assert.Equal(errors, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.Equal(key, error.Key));
    }

    [Theory]
    [InlineData("lag:100", 100, 1)]
    [InlineData("lag:100", 101, 0)]
    [InlineData("mean:100", 99, 1)]
    [InlineData("mean:100", 100, 0)]
    public void Validate_WindowAgainstFeature_MustHoldIt(string feature, int window, int errors)
    {
        ConfigurationResult result = Sources.Load(
            ("Rules:0:Select", "a"), ("Rules:0:WindowSteps", $"{window}"), ("Model:Features", $"default,{feature}"));

        Assert.Equal(errors, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.Equal("Rules:0:WindowSteps", error.Key));
        Assert.All(result.Errors, error => Assert.StartsWith(
            $"{window} steps can't feed {feature} (Model:Features)", error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("otlp-json", "temp", 1)]
    [InlineData("influx", "temp", 0)]
    [InlineData("csv", "temp", 1)]
    [InlineData("csv", "temp=2", 0)]
    public void Validate_CovariatesAgainstFormat_MustBeReadable(string format, string covariates, int errors)
    {
        ConfigurationResult result = Sources.Load(("Input:Format", format), ("Input:Covariates", covariates));

        Assert.Equal(errors, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.Equal("Input:Covariates", error.Key));
    }

    [Fact]
    public void Validate_BadSeries_IsNotRepeatedForEachRule()
    {
        ConfigurationResult result = Sources.Load(
            ("Series:MaxGapSteps", "-5"), ("Rules:0:Select", "a"), ("Rules:1:Select", "b"));

        Assert.Equal("Series:MaxGapSteps", Assert.Single(result.Errors).Key);
    }

    [Fact]
    public void Validate_RuleMakesInheritedSeasonTooLong_NamesTheRulesSeason()
    {
        ConfigurationResult result = Sources.Load(
            ("Series:Step", "00:05:00"), ("Series:Season", "1.00:00:00"),
            ("Rules:0:Select", "a"), ("Rules:0:Step", "00:01:00"));

        Assert.Equal("Rules:0:Season", Assert.Single(result.Errors).Key);
    }

    [Theory]
    [InlineData("true", "KeepLabels", "host", "Input:Buckets")]
    [InlineData("true", "DropLabels", "l?", "Input:Buckets")]
    [InlineData("true", "KeepLabels", "host, le", null)]
    [InlineData("false", "DropLabels", "le", null)]
    public void Validate_Buckets_NeedTheirLabel(string buckets, string option, string labels, string? wrong) => Assert.Equal(
        wrong is null ? [] : [wrong],
        Sources.Load(("Input:Buckets", buckets), ($"Input:{option}", labels)).Errors.Select(error => error.Key));

    [Theory]
    [InlineData("°C", null)]
    [InlineData("\"", "Series:Unit")]
    [InlineData("a\\b", "Series:Unit")]
    [InlineData("a\nb", "Series:Unit")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", "Series:Unit")]
    public void Validate_Unit_MustBeOne(string unit, string? wrong) =>
        Assert.Equal(wrong is null ? [] : [wrong], Sources.Load(("Series:Unit", unit)).Errors.Select(error => error.Key));

    [Theory]
    [InlineData("0", "100", null)]
    [InlineData("-5", "-4.5", null)]
    [InlineData("0", "0", "Series:Maximum")]
    [InlineData("1", "-1", "Series:Maximum")]
    [InlineData("NaN", "1", "Series:Minimum")]
    [InlineData("0", "Infinity", "Series:Maximum")]
    public void Validate_Bounds_MustBeFiniteAndInOrder(string minimum, string maximum, string? wrong)
    {
        ConfigurationResult result = Sources.Load(("Series:Minimum", minimum), ("Series:Maximum", maximum));

        Assert.Equal(wrong is null ? [] : [wrong], result.Errors.Select(error => error.Key));
    }

    [Fact]
    public void Validate_RulesBoundAgainstAnInheritedOne_NamesTheRule() => Assert.Equal(
        ["Rules:0:Maximum"],
        Sources.Load(("Series:Minimum", "5"), ("Rules:0:Select", "a"), ("Rules:0:Maximum", "4"))
            .Errors.Select(error => error.Key));

    [Fact]
    public void RuleOptions_EverySettingOfSeries_CanBeSetByARule()
    {
        var series = OptionsSchema.Settings(typeof(SeriesOptions)).ToDictionary(p => p.Name, Plain);
        var rule = OptionsSchema.Settings(typeof(RuleOptions)).ToDictionary(p => p.Name, Plain);
        rule.Remove("Select");

        Assert.Equal(series.OrderBy(p => p.Key), rule.OrderBy(p => p.Key));

        static Type Plain(PropertyInfo property) =>
            Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
    }
}
