namespace Streaming.Daemon.Demo;

/// <summary>A bundled stream: its series id, its rows in file order and the anomalies people have labelled in
/// it.</summary>
/// <param name="Series">Series id: the file's name without extension.</param>
/// <param name="Rows">At least one row; times may repeat or, in a file of a user's own, run backwards.</param>
/// <param name="Windows">Labelled anomalies, in the order of the label file.</param>
internal sealed record DemoStream(
    string Series, IReadOnlyList<DemoRow> Rows, IReadOnlyList<LabelledWindow> Windows);
