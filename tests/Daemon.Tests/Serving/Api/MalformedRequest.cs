using System.Globalization;
using System.Text;

namespace Daemon.Tests.Serving.Api;

/// <summary>A request that is wrong in one of many ways, by a seed; as it goes over the wire.</summary>
internal static class MalformedRequest
{
    private const string Odd = "abcXYZ019 -_.~!$&'()*+,;=:@%/?#[]{}|\\\"<>^`\t\u00e4\u2713\0";

    private static readonly string[] Places =
        ["status", "tasks", "series", "models", "events", "series/e0", "series/e0/forecast"];

    private static readonly string[] Methods = ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST", "BREW"];

    /// <summary>What lets changes through.</summary>
    public const string Token = "writer-0123456789";

    /// <summary>The bytes of one.</summary>
    /// <param name="random">Decides all.</param>
    public static byte[] Next(Random random) => random.Next(12) switch
    {
        0 => Request("GET", $"/api/v1/{Escaped(random, 30)}x/{Escaped(random, 20)}"),
        1 => Request("GET", $"{(random.Next(2) == 0 ? "/api" : "/%61pi")}/v1/series/{Escaped(random, 60)}none"),
        2 => Request("GET", $"/api/v1/series?{BadQuery(random)}"),
        3 => Request("GET", $"/api/v1/series/e0/forecast?horizon={BadNumber(random)}"),
        4 => Request(
            Methods[random.Next(Methods.Length)], $"/api/v1/{Places[random.Next(Places.Length)]}", "",
            random.Next(2) == 0 ? $"Authorization: Bearer {Token}\r\nContent-Length: 0\r\n" : ""),
        5 => Request("POST", $"/api/v1/models/{Escaped(random, 20)}/promote", Body(random), lets: random.Next(2) == 0),
        6 => Request("GET", "/api/v1/status", headers: BadHeaders(random)),
        7 => Request("GET", $"/api/v1/{Raw(random, 40)} x"),
        8 => Latin(Raw(random, 200) + "\r\n\r\n"),
        9 => Request("GET", OddTarget(random)),
        10 => Request("GET", $"http://localhost/api{Slash(random)}v1{Slash(random)}series{Slash(random)}{Escaped(random, 30)}none"),
        _ => Request("POST", "/api/v1/models/rollback", Body(random), BadLength(random)),
    };

    private static byte[] Request(
        string method, string target, string? body = null, string headers = "", bool lets = false) => Latin(
        $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}"
        + (lets ? $"Authorization: Bearer {Token}\r\n" : "")
        + (body is null || headers.Length > 0
            ? $"\r\n{body}"
            : $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));

    /// <summary>A path of a series with dot segments in some place, whole or encoded.</summary>
    private static string OddTarget(Random random)
    {
        List<string> segments = ["api", "v1", "series", $"{Escaped(random, 20)}none"];
        string dot = random.Next(2) == 0 ? "." : "%2e", dots = random.Next(2) == 0 ? $".{dot}" : $"%2E{dot}";
        int at = random.Next(4);
        segments.InsertRange(at, random.Next(3) switch { 0 => [dot], 1 => [Escaped(random, 20) + "x", dots], _ => [dot, dot] });
        return $"/{string.Join('/', segments)}{(random.Next(2) == 0 ? "/forecast" : "")}";
    }

    private static string Slash(Random random) => random.Next(3) == 0 ? "%2F" : "/";

    private static string BadQuery(Random random) => random.Next(4) switch
    {
        0 => $"size={BadNumber(random)}",
        1 => $"page={BadNumber(random)}",
        2 => $"sort={Escaped(random, 10)}!",
        _ => $"search={new string('a', random.Next(513, 4_000))}",
    };

    private static string BadNumber(Random random) => random.Next(5) switch
    {
        0 => (-random.Next(1, int.MaxValue)).ToString(CultureInfo.InvariantCulture),
        1 => "99999999999999999999",
        2 => "NaN",
        3 => $"1{Uri.EscapeDataString(Odd[random.Next(10, Odd.Length)].ToString())}z",
        _ => "0x10",
    };

    private static string BadHeaders(Random random) => random.Next(5) switch
    {
        0 => $"X: {new string('y', random.Next(17_000, 40_000))}\r\n",
        1 => string.Concat(Enumerable.Range(0, 100).Select(i => $"X-{i}: 1\r\n")),
        2 => "Host: other\r\n",
        3 => $"Na me{random.Next(9)}: 1\r\n",
        _ => $"X: \0{random.Next(9)}\r\n",
    };

    private static string BadLength(Random random) => random.Next(4) switch
    {
        0 => "Content-Length: -1\r\n",
        1 => "Content-Length: many\r\n",
        2 => "Content-Length: 3\r\nContent-Length: 4\r\n",
        _ => "Transfer-Encoding: gzip\r\n",
    };

    private static string Body(Random random) => random.Next(3) switch
    {
        0 => "",
        1 => "{\"a\":" + new string('[', random.Next(1, 5_000)),
        _ => Raw(random, random.Next(1, 2_000)),
    };

    private static string Escaped(Random random, int most) => Uri.EscapeDataString(Raw(random, random.Next(1, most)));

    private static string Raw(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => Odd[random.Next(Odd.Length)]));

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
