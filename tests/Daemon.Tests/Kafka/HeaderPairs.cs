using System.Text;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests;

internal static class HeaderPairs
{
    /// <summary>The headers as text.</summary>
    public static (string Name, string Value)[] Pairs(this MessageHeaders headers)
    {
        var pairs = new (string, string)[headers.Count];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = (Encoding.UTF8.GetString(headers.Name(i)), Encoding.UTF8.GetString(headers.Value(i)));
        }

        return pairs;
    }
}
