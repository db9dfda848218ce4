using System.ComponentModel;
using System.Globalization;
using System.Text;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Serving.Api;

/// <summary>/api/v1/series and what is below it.</summary>
internal static class SeriesEndpoints
{
    /// <summary>Series of a page, at most.</summary>
    public const int MostSize = 500;

    private const int DefaultSize = 50;
    private const int MostSearch = 512;
    private const string IdText = "Id of the series, percent-encoded: a slash in it is %2F.";

    public static void MapSeries(this RouteGroupBuilder api)
    {
        api.MapGet("/series", ListAsync).WithName("listSeries")
            .WithSummary("The series of this process, a page at a time. The list is some seconds old.")
            .Produces<SeriesListView>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/series/{id}", OneAsync).WithName("getSeries")
            .WithSummary("All of one series: state, experts, history, latest forecast, errors over time.")
            .Produces<SeriesView>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status307TemporaryRedirect)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status421MisdirectedRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/series/{id}/forecast", ForecastAsync).WithName("getForecast")
            .WithSummary("The forecast of one series at its newest step, at one horizon of the model or at all.")
            .Produces<SeriesForecastView>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status307TemporaryRedirect).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status421MisdirectedRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ListAsync(
        SeriesIndex index, SeriesViews views, CancellationToken asker,
        [Description("Text within the id, whatever the case of its letters a to z.")] string search = "",
        [Description("worst (highest error against seasonal naive first), anomaly or id.")] string sort = "worst",
        [Description("Which page: `next` of the answer before.")] string page = "0",
        [Description("Series a page, 1 to 500.")] int size = DefaultSize)
    {
        if (!Enum.TryParse(sort, ignoreCase: true, out SeriesOrder order) || !char.IsLetter(sort[0]))
        {
            return ApiProblem.BadRequest("sort must be worst, anomaly or id");
        }

        if (size is < 1 or > MostSize || search.Length > MostSearch
            || !int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out int from))
        {
            return ApiProblem.BadRequest(
                $"size must be 1 to {MostSize}, page what `next` of an answer said, search at most {MostSearch} characters");
        }

        SeriesSnapshot snapshot = await index.GetAsync(asker);
        (SeriesRank[] items, int total) = snapshot.Page(order, Encoding.UTF8.GetBytes(search), from, size);
        long next = (long)from + items.Length;
        return new TaggedJson<SeriesListView>(new(
            [.. items.Select(rank => views.Item(rank))], total,
            next < total && items.Length > 0 ? next.ToString(CultureInfo.InvariantCulture) : null,
            snapshot.Time));
    }

    private static async Task<IResult> OneAsync(
        [Description(IdText)] string id, HttpContext context, LaneDirectory lanes, SeriesViews views, Elsewhere elsewhere,
        CancellationToken asker)
    {
        if (SeriesId.Of(context) is not { } named)
        {
            return SeriesId.Unclear;
        }

        return await lanes.FindAsync(named, withHistory: true, asker) is { } report
            ? new TaggedJson<SeriesView>(views.Series(report))
            : await elsewhere.SeriesAsync(context, named, "", asker);
    }

    private static async Task<IResult> ForecastAsync(
        [Description(IdText)] string id, HttpContext context, LaneDirectory lanes, SeriesViews views, Elsewhere elsewhere,
        ForecasterSettings settings, CancellationToken asker,
        [Description("Steps ahead, one of Model:Horizons; all of them where it is not given.")] int? horizon = null)
    {
        int place = horizon is { } steps ? settings.Horizons.IndexOf(steps) : 0;
        if (place < 0)
        {
            return ApiProblem.BadRequest(
                $"the model has the horizons {string.Join(", ", settings.Horizons)}, in steps; not {horizon}");
        }

        if (SeriesId.Of(context) is not { } named)
        {
            return SeriesId.Unclear;
        }

        SeriesReport? report = await lanes.FindAsync(named, withHistory: false, asker);
        int[] places = horizon is null ? [.. Enumerable.Range(0, settings.Horizons.Length)] : [place];
        return report is null ? await elsewhere.SeriesAsync(context, named, "/forecast", asker)
            : views.Forecast(report, places) is { } forecast ? new TaggedJson<SeriesForecastView>(forecast)
            : ApiProblem.NotFound($"there is no forecast yet: {SeriesViews.ReasonOf(report)}");
    }
}
