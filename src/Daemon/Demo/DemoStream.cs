namespace Streaming.Daemon.Demo;

/// <summary>A stream: its series id, its rows in file order and the anomalies people have labelled in
/// it.</summary>
/// <param name="Series">Series id: of a bundled one the file's name without extension.</param>
/// <param name="Rows">At least one row; times may repeat.</param>
/// <param name="Windows">Labelled anomalies, in the order of the label file.</param>
internal sealed record DemoStream(
    string Series, IReadOnlyList<DemoRow> Rows, IReadOnlyList<LabelledWindow> Windows);
