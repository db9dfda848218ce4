using Streaming.Daemon.Backtest;
using Streaming.Daemon.Cli.Backtest;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pretraining;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>docs/backtest.md.</summary>
public sealed class BacktestTableTests
{
    private static IReadOnlyList<string[]> Table => Readme.TableOf("backtest.md", "| option | default | meaning |");

    [Fact]
    public void Backtest_OptionTable_NamesEveryOption()
    {
        IEnumerable<string> options = BacktestCommand.Create().Options
            .Select(option => string.Join(", ", option.Aliases.Prepend(option.Name).Select(name => $"`{name}`")));

        Assert.Equal(options.Order(), Table.Select(cells => cells[0]).Order());
    }

    [Fact]
    public void Backtest_OptionTable_HasEveryDefault()
    {
        IEnumerable<string> defaults =
            from property in OptionsSchema.Settings(typeof(BacktestOptions))
            let text = OptionText.Value(property.GetValue(new BacktestOptions()))
            select $"`{OptionText.Name(property.Name)}` | {(text == "none" ? "—" : $"`{text}`")}";

        Assert.Superset(defaults.ToHashSet(), Table.Select(cells => $"{cells[0]} | {cells[1]}").ToHashSet());
    }

    [Fact]
    public void Backtest_ScoreTable_NamesEveryScore()
    {
        string names = string.Concat(Readme.TableOf("backtest.md", "| score | is |").Select(cells => cells[0]));

        Assert.All(
            Enum.GetValues<ScoreName>(),
            score => Assert.Contains($"`{OptionText.Value(score)}`", names, StringComparison.Ordinal));
    }
}
