using Streaming.Daemon.Cli.Training;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pretraining;
using Streaming.Training.Pretraining;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>docs/training.md.</summary>
public sealed class TrainingTableTests
{
    [Fact]
    public void Training_OptionTable_NamesEveryOption()
    {
        IEnumerable<string> options = TrainCommand.Create().Options
            .Select(option => string.Join(", ", option.Aliases.Prepend(option.Name).Select(name => $"`{name}`")));

        Assert.Equal(options.Order(), Table.Select(cells => cells[0]).Order());
    }

    [Fact]
    public void Training_OptionTable_HasEveryDefault()
    {
        string[] inWords = ["--time-column", "--threads"];
        IEnumerable<string> defaults = Rows(new PretrainingOptions()).Append("`--hidden` | `32`")
            .Append("`--layers` | `2`").Append("`--lags` | `48`").Append("`--horizons` | `1,6,24`")
            .Where(row => !inWords.Any(name => row.Contains(name, StringComparison.Ordinal)));

        Assert.Superset(defaults.ToHashSet(), Table.Select(cells => $"{cells[0]} | {cells[1]}").ToHashSet());
    }

    [Fact]
    public void ToTrainer_Defaults_AreTheTrainersOwn()
    {
        TrainerOptions options = new PretrainingOptions { Threads = 1 }.ToTrainer([1]);

        Assert.Equivalent(new TrainerOptions { HorizonSteps = [1] }, options, strict: true);
    }

    private static IEnumerable<string> Rows(PretrainingOptions options) =>
        from property in OptionsSchema.Settings(typeof(PretrainingOptions))
        let text = OptionText.Value(property.GetValue(options))
        select $"`{OptionText.Name(property.Name)}` | {(text == "none" ? "—" : $"`{text}`")}";

    private static IReadOnlyList<string[]> Table => Readme.TableOf("training.md", "| option | default | meaning |");
}
