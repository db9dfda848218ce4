using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline.Questions;

namespace Streaming.Daemon.Serving.Api;

/// <summary>Answers that send a client to the process that has what it asks for.</summary>
/// <remarks>
/// 307 where following it needs no token, for then clients do by themselves what is to be done. With a token they would
/// come there without it (they don't give an Authorization header to another host), so then, or where the client asks
/// with `noredirect=true` as a page in a browser has to, it is 421 and the address is in the body.
/// </remarks>
internal sealed class Elsewhere(
    LaneDirectory lanes, GroupDirectory group, ApiTokens tokens, ForecasterOptions options)
{
    /// <summary>Those that repartitioning keeps together.</summary>
    private readonly GroupBook related = new(RepartitionChoice.Of(options.Input).IsOn ? options.Groups : []);

    private readonly HashSet<string> ours =
        [.. Enumerable.Range(0, lanes.Count).Select(lane => GroupMember.Lane(options, lane).Name)];

    /// <summary>The answer about a series that this process does not have.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">Id of the series, UTF-8.</param>
    /// <param name="below">What is asked for below the series' own path: "/forecast", or nothing.</param>
    /// <param name="asker">Ends the waiting.</param>
    /// <remarks>A series is looked for in the partition that its id gives by murmur2, one of a group where its first
    /// member's does: where records are repartitioned that is where it is. Where keys are ids, and producers spread them as
    /// Java's do, its own id tells; elsewhere that is a guess.</remarks>
    /// <exception cref="LaneBusyException">While the group rebalances.</exception>
    public async Task<IResult> SeriesAsync(
        HttpContext context, byte[] id, string below, CancellationToken asker)
    {
        IReadOnlyList<int>[] own = await lanes.AskAllAsync(_ => new HeldQuestion(), LaneDirectory.Patience, asker);
        HashSet<int> held = [.. own.SelectMany(partitions => partitions)];
        GroupView view = await group.GetAsync(asker);
        int count = held.Concat(view.Owners.Keys).DefaultIfEmpty(-1).Max() + 1;
        int partition = count == 0 ? -1 : Murmur2.PartitionOf(related.PartitionKeyOf(id), count);
        string name = Encoding.UTF8.GetString(id);
        if (held.Contains(partition) || view.WhyUnknown is not null)
        {
            return ApiProblem.NotFound($"there is no series '{name}' here{Others(view)}");
        }

        OwnerView owner = OwnerOf(view, partition)
            ?? throw new LaneBusyException($"no process has the partition of series '{name}' just now");
        return Send(
            context, $"/api/v1/series/{Uri.EscapeDataString(name)}{below}", owner, partition,
            $"series '{name}' would be in partition {partition}, which another has");
    }

    /// <summary>The answer to a change that the owner of the trainer's partition is to make.</summary>
    /// <param name="partition">That partition.</param>
    /// <param name="asker">Ends the waiting.</param>
    /// <exception cref="LaneBusyException">The partition is on its way to this process.</exception>
    public async Task<IResult> ChangeAsync(int partition, CancellationToken asker)
    {
        GroupView view = await group.GetAsync(asker);
        OwnerView? owner = OwnerOf(view, partition);
        return Misdirected(
            owner, partition, $"versions are changed by the process that has partition {partition}"
                + (owner is null ? $", and who that is is not known{Others(view)}" : ""));
    }

    /// <summary>Which other process has a partition; null: none.</summary>
    /// <exception cref="LaneBusyException">This one is to have it, and its lanes have not got it yet: nobody else can
    /// answer, and to send the client here would be to send it in a circle.</exception>
    private OwnerView? OwnerOf(GroupView view, int partition) =>
        !view.Owners.TryGetValue(partition, out OwnerView? owner) ? null
        : !ours.Contains(owner.ClientId) ? owner
        : throw new LaneBusyException($"partition {partition} is on its way to a lane of this process");

    private IResult Send(HttpContext context, string path, OwnerView owner, int partition, string why)
    {
        bool stays = bool.TryParse(context.Request.Query["noredirect"], out bool asked) && asked;
        if (owner.Url is null || tokens.IsReadClosed || stays)
        {
            return Misdirected(owner, partition, why);
        }

        // Nothing is passed on as it came: what is no URL, or no header, must not become part of one.
        context.Response.Headers.Location = $"{owner.Url}{path}{QueryString.Create(context.Request.Query)}";
        return Problem(StatusCodes.Status307TemporaryRedirect, owner, partition, why);
    }

    private static IResult Misdirected(OwnerView? owner, int partition, string why) =>
        Problem(StatusCodes.Status421MisdirectedRequest, owner, partition, why);

    private static IResult Problem(int status, OwnerView? owner, int partition, string why) => ApiProblem.Of(
        status, why, new Dictionary<string, object?> { ["partition"] = partition, ["owner"] = owner });

    private string Others(GroupView view) => view.WhyUnknown is { } why
        ? $"; the other members of group '{options.Application}' are not known: {why}"
        : "";
}
