using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Integration.Harness;

/// <summary>A listener in front of an embedded broker that takes clients by mutual TLS and SASL PLAIN alone, as a broker
/// that is secured does.</summary>
internal sealed class SecuredListener : IAsyncDisposable
{
    private const string Host = "localhost"; // as long as the broker's own, 127.0.0.1

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentBag<Task> connections = [];
    private readonly X509Certificate2 certificate;
    private readonly TestCertificates authority;
    private readonly string credentials;
    private readonly IPEndPoint broker;
    private readonly (byte[] Open, byte[] Own) address;
    private readonly Task accepting;
    private int refused;

    /// <param name="bootstrapServers">Address of the one embedded broker.</param>
    /// <param name="authority">Gives the certificate, and says whose clients' are taken.</param>
    /// <param name="user">The user that is let in.</param>
    /// <param name="password">The user's password.</param>
    public SecuredListener(string bootstrapServers, TestCertificates authority, string user, string password)
    {
        this.authority = authority;
        certificate = authority.Server();
        credentials = $"\0{user}\0{password}";
        broker = IPEndPoint.Parse(bootstrapServers);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        address = (Address("127.0.0.1", broker.Port), Address(Host, port));
        BootstrapServers = $"{Host}:{port}";
        accepting = AcceptAsync();
    }

    public string BootstrapServers { get; }

    /// <summary>Names of the clients that were let in.</summary>
    public ConcurrentDictionary<string, bool> Clients { get; } = [];

    /// <summary>Connections that were refused: no TLS, no certificate, another authority's, wrong credentials.</summary>
    public int Refused => Volatile.Read(ref refused);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(connections);
        certificate.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptTcpClientAsync(ending.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // told to end
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using TcpClient ends = client;
            await using var secured = new SslStream(client.GetStream());
            await secured.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = (_, shown, _, _) => IsOurs(shown),
                },
                ending.Token);
            using var upstream = new TcpClient();
            await upstream.ConnectAsync(broker, ending.Token);
            var connection = new SecuredConnection(secured, upstream.GetStream(), credentials, address);
            if (!await connection.PassAsync(name => Clients[name] = true, ending.Token))
            {
                Interlocked.Increment(ref refused);
            }
        }
        catch (AuthenticationException)
        {
            Interlocked.Increment(ref refused);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // either end went away
        }
    }

    private bool IsOurs(X509Certificate? shown)
    {
        if (shown is null)
        {
            return false;
        }

        using X509Certificate2 copy = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        return authority.Issued(copy);
    }

    /// <summary>An address as answers have it: the text, then the port.</summary>
    private static byte[] Address(string host, int port)
    {
        byte[] address = [.. Encoding.ASCII.GetBytes(host), 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(address.AsSpan(host.Length), port);
        return address;
    }
}
