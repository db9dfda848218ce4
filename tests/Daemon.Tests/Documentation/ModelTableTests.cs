using System.Reflection;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>docs/models.md, which people write training programs by.</summary>
public sealed class ModelTableTests
{
    [Fact]
    public void Models_InputTable_NamesEveryInputInOrder()
    {
        Assert.Equal(FeatureList.Default.Names.Select(name => $"`{name}`"), Names("| input | meaning |"));
    }

    [Fact]
    public void Models_FurtherInputsAndGroups_AreAllThatCanBeAskedFor()
    {
        IEnumerable<string> documented = Names("| group | stands for |").Concat(Names("| further input | meaning |"))
            .Select(name => name.Trim('`').Replace(":n", ":STEPS"));

        Assert.Equal(FeatureList.Known.Split(", ").Order(), documented.Order());
        Assert.All(Readme.TableOf("models.md", "| group | stands for |").Skip(1), cells => Assert.Equal(
            FeatureList.Parse([cells[0].Trim('`')]).Names, cells[1].Split(", ").Select(name => name.Trim('`'))));
    }

    [Fact]
    public void Models_KeyTable_NamesEveryKey()
    {
        const BindingFlags Constants = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        IEnumerable<string> keys = typeof(ModelMetadata).GetFields(Constants)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(text => text.StartsWith("forecaster.", StringComparison.Ordinal))
            .Select(text => $"`{text}`");

        Assert.Equal(keys.Order(), Names("| key | meaning |").Order());
    }

    private static IEnumerable<string> Names(string heading) =>
        Readme.TableOf("models.md", heading).Select(cells => cells[0]);
}
