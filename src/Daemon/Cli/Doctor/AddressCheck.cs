using System.Globalization;
using System.Net.Sockets;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Whether addresses take connections from here; all of them at the same time.</summary>
/// <param name="patience">How long each may take.</param>
internal sealed class AddressCheck(TimeSpan patience)
{
    private const int DefaultPort = 9_092;

    /// <summary>What is wrong with each address, by address; null where nothing is.</summary>
    /// <param name="addresses">host:port, or host; a protocol may stand before it.</param>
    /// <param name="stop">Ends it.</param>
    public IReadOnlyDictionary<string, string?> Look(IEnumerable<string> addresses, CancellationToken stop)
    {
        string[] all = [.. addresses.Distinct(StringComparer.Ordinal)];
        string?[] faults = Task.WhenAll(all.Select(address => FaultAsync(address, stop))).GetAwaiter().GetResult();
        return all.Zip(faults).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private async Task<string?> FaultAsync(string address, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        try
        {
            (string host, int port) = Parts(address);
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, limit.Token);
            return null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return "that is no port";
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "its name is not known here",
                SocketError.ConnectionRefused => "nobody listens there",
                _ => OneLine.Of(e.Message),
            };
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return FormattableString.Invariant($"no connection within {patience.TotalSeconds:0} s");
        }
    }

    /// <summary>The parts of [PROTOCOL://]host[:port]; an IPv6 address stands in brackets.</summary>
    private static (string Host, int Port) Parts(string address)
    {
        int protocol = address.IndexOf("://", StringComparison.Ordinal);
        string rest = protocol < 0 ? address : address[(protocol + 3)..];
        int colon = rest.LastIndexOf(':');
        return colon > rest.LastIndexOf(']')
            ? (rest[..colon].Trim('[', ']'), int.Parse(rest[(colon + 1)..], CultureInfo.InvariantCulture))
            : (rest.Trim('[', ']'), DefaultPort);
    }
}
