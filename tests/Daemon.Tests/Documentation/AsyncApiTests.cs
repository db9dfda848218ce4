using System.Text.RegularExpressions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Output;
using Streaming.Daemon.Tests.Output;
using YamlDotNet.RepresentationModel;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>docs/asyncapi.yaml, against what is really sent.</summary>
public sealed class AsyncApiTests
{
    private readonly YamlMappingNode root = Load();
    private readonly MessageHeaders sent = new();

    [Fact]
    public void AsyncApi_References_LeadSomewhere()
    {
        string[] references = [.. root.AllNodes.OfType<YamlMappingNode>()
            .Where(node => node.Children.ContainsKey("$ref")).Select(node => Text(node, "$ref"))];

        Assert.Equal(8, references.Length);
        Assert.All(references, reference => Assert.True(
            reference.StartsWith("#/", StringComparison.Ordinal)
                ? At(reference[2..].Split('/')) is not null
                : File.Exists(RepositoryRoot.Combine("docs", reference)),
            reference));
    }

    [Fact]
    public void AsyncApi_Channels_AreTheTopicsByDefault()
    {
        var options = new ForecasterOptions();

        Assert.Equal(options.Input.Topic, Text(Node("channels", "events"), "address"));
        Assert.Equal(options.Output.Topic, Text(Node("channels", "forecasts"), "address"));
        Assert.Equal(
            options.Output.DeadLetterTopicOf(options.Application), Text(Node("channels", "deadLetters"), "address"));
    }

    [Fact]
    public void AsyncApi_Forecast_HasTheSchemaAndTheHeadersThatAreSent()
    {
        new CloudEventHeaders("forecaster", "events").Fill(sent, new ForecastSample().View);

        Assert.Equal(
            "./forecast.schema.json", Text(Node("components", "messages", "forecast", "payload", "schema"), "$ref"));
        AssertDescribed("forecast");
    }

    [Fact]
    public void AsyncApi_DeadLetter_HasTheHeadersThatAreSentAndEveryReason()
    {
        RejectReason[] reasons = [.. Enum.GetValues<RejectReason>().Where(reason => reason != RejectReason.None)];

        foreach (RejectReason reason in reasons)
        {
            new DeadLetterHeaders("events").Fill(sent, reason, 3, 42, -1, 0, default, 0);
            AssertDescribed("deadLetter");
        }

        Assert.Equal(
            reasons.Select(reason => reason.Name()), Texts(HeadersOf("deadLetter")["forecaster_reason"], "enum"));
    }

    /// <summary>The headers that were filled are those of the message, in this order, each as described.</summary>
    private void AssertDescribed(string message)
    {
        string[] names = [.. sent.Pairs().Select(header => header.Name)];
        Assert.Equal(names, HeadersOf(message).Children.Keys.Select(Plain));
        Assert.Equal(names, Texts(Node("components", "messages", message, "headers"), "required"));
        foreach ((string name, string value) in sent.Pairs())
        {
            var described = (YamlMappingNode)HeadersOf(message)[name];
            Assert.Equal("string", Text(described, "type"));
            Assert.True(!described.Children.ContainsKey("const") || Text(described, "const") == value, name);
            Assert.True(!described.Children.ContainsKey("enum") || Texts(described, "enum").Contains(value), value);
            Assert.True(
                !described.Children.ContainsKey("pattern") || Regex.IsMatch(value, Text(described, "pattern")), value);
        }
    }

    private YamlMappingNode HeadersOf(string message) =>
        Node("components", "messages", message, "headers", "properties");

    private YamlMappingNode Node(params string[] path) => Assert.IsType<YamlMappingNode>(At(path));

    private YamlNode? At(IEnumerable<string> path) => path.Aggregate((YamlNode?)root, (node, name) =>
        node is YamlMappingNode map && map.Children.TryGetValue(name, out YamlNode? child) ? child : null);

    private static string Text(YamlMappingNode node, string name) => Plain(node[name]);

    private static IEnumerable<string> Texts(YamlNode node, string name) =>
        ((YamlSequenceNode)node[name]).Children.Select(Plain);

    private static string Plain(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static YamlMappingNode Load()
    {
        var stream = new YamlStream();
        using StreamReader file = File.OpenText(RepositoryRoot.Combine("docs", "asyncapi.yaml"));
        stream.Load(file);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}
