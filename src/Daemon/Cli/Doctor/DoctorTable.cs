using System.Globalization;
using Spectre.Console;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>What doctor prints for people.</summary>
/// <param name="console">Where to.</param>
internal sealed class DoctorTable(TableConsole console)
{
    public void Print(DoctorReport report)
    {
        Table table = console.Table("Verdict", "Check", "Where", "Found");
        foreach (Symptom symptom in report.Symptoms)
        {
            table.AddRow(
                new Text(OptionNames.Of(symptom.Verdict), StyleOf(symptom.Verdict)), new Text(symptom.Check),
                new Text(OneLine.Of(symptom.Place)), new Text(OneLine.Of(symptom.Found)));
        }

        console.Write(table);
        foreach (Symptom symptom in report.Symptoms.Where(symptom => symptom.Todo is not null)
            .OrderByDescending(symptom => symptom.Verdict))
        {
            console.WriteLine();
            console.WriteLine($"{OptionNames.Of(symptom.Verdict)}, {symptom.Place}: {OneLine.Of(symptom.Found)}.");
            console.WriteLine($"  {OneLine.Of(symptom.Todo!)}");
        }

        console.WriteLine();
        console.WriteLine(report.IsHealthy
            ? "Nothing stands in the way."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Problems: {report.Count(Verdict.Problem)}. Mend them from the first on, and run it again."));
    }

    private static Style StyleOf(Verdict verdict) => verdict switch
    {
        Verdict.Ok => Color.Green,
        Verdict.Warning => Color.Yellow,
        Verdict.Problem => Color.Red,
        _ => Style.Plain,
    };
}
