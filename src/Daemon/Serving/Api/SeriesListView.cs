namespace Streaming.Daemon.Serving.Api;

/// <summary>Body of /api/v1/series: a page of the series of this process.</summary>
/// <param name="Items">The page.</param>
/// <param name="Total">Series that match, on all pages.</param>
/// <param name="Next">Token of the next page; null at the end.</param>
/// <param name="AsOf">When the list was made: some seconds ago.</param>
internal sealed record SeriesListView(
    IReadOnlyList<SeriesItemView> Items, int Total, string? Next, DateTimeOffset AsOf);

/// <summary>One series in a line.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Status">cold or warm.</param>
/// <param name="Reason">Why there is no forecast to rely on yet; null where there is.</param>
/// <param name="Steps">Steps seen since it was last cold.</param>
/// <param name="StepSeconds">Length of its step; null where each record is one.</param>
/// <param name="LastTime">Start of its newest step.</param>
/// <param name="LastValue">Value of that step.</param>
/// <param name="Unit">What values are measured in.</param>
/// <param name="ErrorRatio">Error of the shortest horizon against seasonal naive since this process has it; null until
/// enough steps have come.</param>
/// <param name="AnomalyScore">How odd the newest value is, in [0, 1].</param>
internal sealed record SeriesItemView(
    string Id, int Partition, string Status, string? Reason, long Steps, double? StepSeconds, DateTime? LastTime,
    double? LastValue, string? Unit, double? ErrorRatio, double? AnomalyScore);
