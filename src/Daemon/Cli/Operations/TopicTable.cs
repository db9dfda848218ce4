using System.Globalization;
using Spectre.Console;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>What topics create and topics check print for people.</summary>
/// <param name="console">Where to.</param>
internal sealed class TopicTable(TableConsole console)
{
    public void Print(TopicReport report)
    {
        Table table = console.Table("Topic", "For", "Partitions", "Found");
        foreach (TopicFinding topic in report.Topics)
        {
            table.AddRow(
                new Text(OneLine.Of(topic.Topic)), new Text(OptionNames.Of(topic.Role)),
                new Text(topic.Partitions?.ToString(CultureInfo.InvariantCulture) ?? "-"),
                new Text(OptionNames.Of(topic.Outcome)));
        }

        console.Write(table);
        foreach (TopicFinding topic in report.Topics.Where(topic => topic.Todo is not null))
        {
            console.WriteLine($"{topic.Topic}: {OneLine.Of(topic.Todo!)}");
        }
    }
}
