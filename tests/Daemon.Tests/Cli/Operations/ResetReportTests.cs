using System.Text.Json;
using Streaming.Daemon.Cli;
using Streaming.Daemon.Cli.Operations;
using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Cli.Operations;

public sealed class ResetReportTests
{
    [Fact]
    public void Write_APlanThatMembersAreInTheWayOf_TellsWhatWouldGoAndWhyNot()
    {
        var plan = new ResetPlan(
            "app", "cluster", [new("app", ["pod-0 at /10.0.0.1"])], new("app-state", [(0, [0])], [7]), null, null,
            [new(0, 3, 9, 3, 9)], "earliest", EmitMode.Live);
        using var output = new StringWriter();

        JsonOption.Write(ResetReport.Of(plan, isDone: false), output);

        using var report = JsonDocument.Parse(output.ToString());
        JsonElement root = report.RootElement;
        Assert.False(root.GetProperty("done").GetBoolean());
        Assert.Contains("pod-0 at /10.0.0.1", root.GetProperty("obstacle").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, root.GetProperty("stateRecords").GetInt32());
        Assert.False(root.TryGetProperty("versions", out _)); // they stay
        Assert.Equal(9, root.GetProperty("partitions")[0].GetProperty("liveFrom").GetInt64());
    }
}
