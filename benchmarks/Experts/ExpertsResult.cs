namespace Benchmarks.Experts;

/// <summary>Errors of the mixture, of each expert alone, and of the mixture without each.</summary>
/// <param name="File">Data file, without extension.</param>
/// <param name="Protocol">How it is split, and what the columns are.</param>
/// <param name="Columns">What is measured: horizons 1 to h of mean squared error, or origins of MASE.</param>
/// <param name="Rows">Mixture, then experts, then mixtures without one.</param>
/// <param name="MicrosecondsPerStep">Of one series and step, the network's training included.</param>
/// <param name="Goals">What the mixture must not exceed, in each column; empty: nothing.</param>
/// <param name="Intervals">How intervals did; null: not measured.</param>
internal sealed record ExpertsResult(
    string File, string Protocol, string[] Columns, ExpertsRow[] Rows, double MicrosecondsPerStep,
    double[] Goals, IntervalRow[]? Intervals = null);

/// <summary>One line of the table.</summary>
/// <param name="Name">Mixture, or an expert.</param>
/// <param name="Errors">Of each column.</param>
/// <param name="Weight">Mean weight in the mixture over all horizons and scored origins; 0 for mixtures.</param>
internal sealed record ExpertsRow(string Name, double[] Errors, double Weight);
