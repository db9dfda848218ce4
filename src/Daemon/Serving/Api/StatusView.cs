namespace Streaming.Daemon.Serving.Api;

/// <summary>Body of /api/v1/status: this process at a glance.</summary>
/// <param name="Application">Name of the deployment.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="ClientId">Name of this process among the members of its group.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Ready">Whether all its lanes run.</param>
/// <param name="Input">Topic of the events.</param>
/// <param name="Output">Topic of the forecasts.</param>
/// <param name="RecordsPerSecond">Records taken, over the last seconds.</param>
/// <param name="ForecastsPerSecond">Forecasts published and committed, likewise.</param>
/// <param name="LagRecords">Records of its partitions that are not done yet.</param>
/// <param name="EventTimeLagSeconds">Age of the newest event, of the lane that is farthest behind.</param>
/// <param name="SeriesActive">Series that it has.</param>
/// <param name="SeriesCold">Those among them that have seen too few steps for forecasts to rely on.</param>
/// <param name="Model">The version in force; null before there is one.</param>
/// <param name="Accuracy">Errors against seasonal naive, by horizon; below 1 is better.</param>
/// <param name="Coverage">Share of values within the outermost quantiles.</param>
/// <param name="Experts">Mean weight of each kind of expert in the forecasts.</param>
/// <param name="Training">What training does.</param>
/// <param name="Lanes">Every lane.</param>
internal sealed record StatusView(
    string Application, string Version, string ClientId, DateTimeOffset StartedAt, bool Ready, string Input, string Output,
    double RecordsPerSecond, double ForecastsPerSecond, long LagRecords, double? EventTimeLagSeconds, long SeriesActive,
    long SeriesCold, ModelView? Model, IReadOnlyList<HorizonAccuracy> Accuracy, double? Coverage,
    IReadOnlyDictionary<string, double> Experts, TrainingView Training, IReadOnlyList<LaneStatusView> Lanes);

/// <param name="Name">Its name: "lstm@17".</param>
/// <param name="Source">Where it comes from, in a few words.</param>
internal sealed record ModelView(string Name, string Source);

/// <param name="Horizon">In steps.</param>
/// <param name="ErrorRatio">Error against that of seasonal naive.</param>
internal sealed record HorizonAccuracy(int Horizon, double ErrorRatio);

/// <param name="Lane">Its number.</param>
/// <param name="Name">What reasons call it.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Reason">Why it is not running; empty while it is.</param>
internal sealed record LaneStatusView(int Lane, string Name, LanePhase State, string Reason);
