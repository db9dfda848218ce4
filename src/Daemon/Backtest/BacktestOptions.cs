using System.ComponentModel.DataAnnotations;
using Streaming.Daemon.Datasets;

namespace Streaming.Daemon.Backtest;

/// <summary>What is scored, and how files are read.</summary>
internal sealed record BacktestOptions : IValidatableObject
{
    private const int MostHorizonSteps = 1_024;

    /// <summary>Which rows are scored. Default prequential: all.</summary>
    public BacktestProtocol Protocol { get; init; } = BacktestProtocol.Prequential;

    /// <summary>Horizons to report, in steps, ascending; a score is a mean over steps 1 to the horizon. Default 1, 6
    /// and 24.</summary>
    [Length(1, 64)]
    public IReadOnlyList<int> Horizons { get; init; } = [1, 6, 24];

    /// <summary>Columns of the table. Default all.</summary>
    public IReadOnlyList<ScoreName> Scores { get; init; } = Enum.GetValues<ScoreName>();

    /// <summary>The network. Default unset: tuned where rows come before the scored ones, else served.</summary>
    public NetworkChoice? Network { get; init; }

    /// <summary>Which series are forecast from one another. Default columns.</summary>
    public GroupChoice Group { get; init; } = GroupChoice.Columns;

    /// <summary>How files lay out their series. Default auto: by the header.</summary>
    public CsvLayout Layout { get; init; } = CsvLayout.Auto;

    /// <summary>Column of the series id in a long file. Default "series".</summary>
    public string SeriesColumn { get; init; } = "series";

    /// <summary>Column of the time. Default unset: time, timestamp, date, datetime or ds.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Column of the value in a long file. Default "value".</summary>
    public string ValueColumn { get; init; } = "value";

    /// <summary>Values that mean "missing". Default none.</summary>
    public IReadOnlyList<double> Sentinels { get; init; } = [];

    /// <summary>The network that is used.</summary>
    public NetworkChoice NetworkToUse(bool hasModelFile) => Network
        ?? (hasModelFile || Protocol == BacktestProtocol.Prequential ? NetworkChoice.Served : NetworkChoice.Tuned);

    /// <summary>How to read a CSV file.</summary>
    public CsvOptions ToCsv() => new()
    {
        Layout = Layout,
        SeriesColumn = SeriesColumn,
        TimeColumn = TimeColumn,
        ValueColumn = ValueColumn,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (int i = 0; i < Horizons.Count; i++)
        {
            if (Horizons[i] is < 1 or > MostHorizonSteps || (i > 0 && Horizons[i] <= Horizons[i - 1]))
            {
                yield return new(
                    $"must ascend strictly within 1 to {MostHorizonSteps}, but are {string.Join(", ", Horizons)}",
                    [nameof(Horizons)]);
                break;
            }
        }

        if (Protocol == BacktestProtocol.Prequential && Network is NetworkChoice.Tuned or NetworkChoice.Frozen)
        {
            yield return new(
                "protocol prequential scores all rows and leaves none to train on; take served or none, or protocol A",
                [nameof(Network)]);
        }
    }
}
