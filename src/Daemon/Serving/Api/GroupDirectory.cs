using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Serving.Api;

/// <summary>Who has which partition of the topic that is forecast from, as the group describes it: some seconds old, and
/// asked for only when somebody asks.</summary>
/// <remarks>Thread-safe. A group that can't be described (rights, brokers away, the embedded cluster) costs nothing but
/// that others are not known.</remarks>
internal sealed partial class GroupDirectory
{
    /// <summary>Age up to which an answer is as good as new.</summary>
    private static readonly TimeSpan FreshAge = TimeSpan.FromSeconds(5);

    /// <summary>Age up to which one is given while brokers are asked again: that can take them a second.</summary>
    private static readonly TimeSpan MostAge = TimeSpan.FromSeconds(20);

    /// <summary>How long it is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ForecasterOptions options;
    private readonly Func<IGroupMembers> open;
    private readonly RedirectHosts hosts;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly SharedAnswer<GroupView> views;

    public GroupDirectory(
        ForecasterOptions options, Func<IGroupMembers> open, RedirectHosts hosts, TimeProvider clock,
        ILogger<GroupDirectory> logger)
    {
        (this.options, this.open, this.hosts, this.clock, this.logger) = (options, open, hosts, clock, logger);
        views = new(AskAsync, FreshAge, MostAge, clock);
    }

    /// <summary>What is known of the group.</summary>
    /// <param name="asker">Ends the waiting.</param>
    public async Task<GroupView> GetAsync(CancellationToken asker)
    {
        try
        {
            return await views.GetAsync(asker).WaitAsync(Patience, clock, asker);
        }
        catch (TimeoutException)
        {
            return GroupView.Unknown("the brokers have not described the group in time");
        }
    }

    private Task<GroupView> AskAsync() => Task.Factory.StartNew(
        Ask, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private GroupView Ask()
    {
        try
        {
            using IGroupMembers members = open();
            var owners = new SortedDictionary<int, OwnerView>();
            foreach (MemberPartitions member in members.Describe(options.Application, TopicNames.Of(options).Forecast))
            {
                OwnerView owner = OwnerOf(member.ClientId);
                foreach (int partition in member.Partitions)
                {
                    owners[partition] = owner;
                }
            }

            return new(owners, null);
        }
        catch (Exception e) when (e is KafkaPortException or KafkaSetupException)
        {
            return GroupView.Unknown(e.Message);
        }
        catch (Exception e)
        {
            LogBroken(e); // the answer is kept for a while: who asks meanwhile must not get an exception
            return GroupView.Unknown("the group could not be described; the log says why");
        }
    }

    /// <remarks>An address that clients are not sent to is part of a name like any other.</remarks>
    private OwnerView OwnerOf(string clientId)
    {
        MemberAddress address = MemberAddress.Parse(clientId);
        return address.Url is null || hosts.Takes(new(address.Url))
            ? new(address.Name, address.Url)
            : new(clientId, null);
    }

    [LoggerMessage(510, LogLevel.Error, "The group could not be described")]
    private partial void LogBroken(Exception why);
}
