using System.Globalization;
using Spectre.Console;

namespace Streaming.Daemon.Cli.Models;

/// <summary>What model inspect prints for people.</summary>
/// <param name="console">Where to.</param>
internal sealed class InspectTables(TableConsole console)
{
    public void Print(InspectReport report)
    {
        console.Write(Facts(report));
        console.WriteLine();
        console.Write(Tensors(report));
        console.WriteLine();
        console.WriteLine(report.Obstacle is null
            ? $"It can be served: {report.Configuration!.ToJson()}"
            : $"It can't be served: {OneLine.Of(report.Obstacle)}");
    }

    private Table Facts(InspectReport report)
    {
        ShapeReport shape = report.Shape;
        Table table = console.Table("Model", "Value");
        Row(table, "file", report.File);
        Row(table, "bytes", Count(report.Bytes));
        Row(table, "checksum", report.Checksum);
        Row(table, "parameters", Count(report.Parameters));
        Row(table, "inputs", Count(shape.Inputs));
        Row(table, "hidden units", Count(shape.Hidden));
        Row(table, "layers", Count(shape.Layers));
        Row(table, "skip inputs", Count(shape.Skip));
        Row(table, "outputs", Count(shape.Outputs));
        foreach ((string key, string value) in report.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Row(table, key, value);
        }

        return table;
    }

    private Table Tensors(InspectReport report)
    {
        Table table = console.Table("Tensor", "Type", "Shape", "Min", "Max", "Norm");
        foreach (TensorReport tensor in report.Tensors)
        {
            Row(
                table, tensor.Name, tensor.Type, $"[{string.Join(", ", tensor.Shape)}]", Number(tensor.Min),
                Number(tensor.Max), Number(tensor.Norm));
        }

        return table;
    }

    private static void Row(Table table, params IEnumerable<string> cells) =>
        table.AddRow(cells.Select(cell => new Text(OneLine.Of(cell))));

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("G4", CultureInfo.InvariantCulture);
}
