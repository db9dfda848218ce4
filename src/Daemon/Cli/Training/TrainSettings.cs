using Streaming.Daemon.Pretraining;

namespace Streaming.Daemon.Cli.Training;

/// <summary>Options of train that are settings.</summary>
internal static class TrainSettings
{
    private static readonly CommandSetting[] ofConfiguration =
    [
        new("--step", "Series:Step", "SPAN", "Length of a step, 00:05:00 for five minutes. Without: as configured, or "
            + "the most frequent spacing in each file; an hour where a series is a line without times."),
        new("--season", "Series:Season", "SPAN", "Season, 1.00:00:00 for a day, 0 for none. Without: as configured, or "
            + "a day where that fits."),
        new("--horizons", "Model:Horizons", "1,6,24", "Steps ahead to forecast, ascending. Without: as configured."),
        new("--hidden", "Model:Hidden", "N", "Units per LSTM layer. Without: as configured."),
        new("--layers", "Model:Layers", "N", "Stacked LSTM layers. Without: as configured."),
        new("--lags", "Model:LagSteps", "N", "Past values that feed the head's linear skip. Without: as configured."),
        new("--features", "Model:Features", "default,mean:24", "Inputs of the network, in order. Without: as configured."),
        new("--covariates", "Input:Covariates", "NAME", "Columns of covariates, for features. Without: as configured."),
        new("--scaling", "Model:Scaling", "standard|min-max", "What inputs are scaled by. Without: as configured."),
    ];

    private static readonly CommandSetting[] ofTraining =
    [
        Of(nameof(PretrainingOptions.Layout), "auto|long|wide|rows", "How files lay out series; auto: by the header."),
        Of(nameof(PretrainingOptions.SeriesColumn), "NAME", "Column of the series id in a long file."),
        Of(nameof(PretrainingOptions.TimeColumn), "NAME", "Column of the time; none: time, timestamp, date, …"),
        Of(nameof(PretrainingOptions.ValueColumn), "NAME", "Column of the value in a long file."),
        Of(nameof(PretrainingOptions.Part), "N/M", "Train on the N-th of each M series; measure with the others."),
        Of(nameof(PretrainingOptions.Fill), "hold|linear|seasonal", "What stands in for missing values."),
        Of(nameof(PretrainingOptions.Sentinels), "X", "A value that means missing, such as -9999; may be repeated."),
        Of(nameof(PretrainingOptions.ClipShare), "SHARE", "Share of values clipped at each end of a series."),
        Of(nameof(PretrainingOptions.Generated), "N", "Generated streams of all kinds to train on as well."),
        Of(nameof(PretrainingOptions.Epochs), "N", "Passes over all series, at most."),
        Of(
            nameof(PretrainingOptions.StartVisits), "N",
            "Visits of each series' beginning in an epoch: for new series."),
        Of(nameof(PretrainingOptions.Batch), "N", "Series trained side by side."),
        Of(nameof(PretrainingOptions.LearningRate), "RATE", "Largest step size, between warm-up and cosine."),
        Of(nameof(PretrainingOptions.Patience), "N", "Epochs without a better validation loss that end training."),
        Of(nameof(PretrainingOptions.Validation), "SHARE", "Newest share of each series, which validates only."),
        Of(nameof(PretrainingOptions.Loss), "huber|mse|mae", "What is minimized."),
        Of(
            nameof(PretrainingOptions.LossUnit), "anchor|scale",
            "What losses are counted in: the anchor's, or scales."),
        Of(nameof(PretrainingOptions.Optimizer), "adam|adamw|rmsprop|sgd", "How updates follow from gradients."),
        Of(nameof(PretrainingOptions.Dropout), "SHARE", "Hidden units switched off between layers while training."),
        Of(nameof(PretrainingOptions.Seed), "N", "Seed of weights, order and generated streams."),
        Of(nameof(PretrainingOptions.Threads), "N", "Threads, 0 for one a core; any number gives the same weights."),
    ];

    public static CommandSettings<PretrainingOptions> Create() => new(ofConfiguration, ofTraining);

    private static CommandSetting Of(string property, string sample, string description) =>
        CommandSetting.Of<PretrainingOptions>(property, sample, description);
}
