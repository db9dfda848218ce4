using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Chart.Tests;

/// <summary>The second validator of manifests: schemas under node, which know required fields, too (validate.js).</summary>
internal static class ManifestSchemas
{
    /// <summary>What is wrong with manifests, one line an error; empty where nothing is.</summary>
    /// <param name="yaml">Documents as helm prints them.</param>
    public static Task<string> ErrorsAsync(string yaml)
    {
        IDeserializer deserializer =
            new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var parser = new Parser(new StringReader(yaml));
        parser.Consume<YamlDotNet.Core.Events.StreamStart>();
        var documents = new List<object>();
        while (parser.Accept<YamlDotNet.Core.Events.DocumentStart>(out _))
        {
            documents.Add(deserializer.Deserialize<object>(parser));
        }

        string script = RepositoryRoot.Combine("tests", "Chart.Tests", "validate.js");
        return ClientProgram.RunAsync("node", [script], JsonSerializer.Serialize(documents));
    }
}
