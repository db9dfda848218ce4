using System.Text.Json.Serialization;

namespace Streaming.Daemon.Cli.Models;

/// <summary>What model export --json prints.</summary>
/// <param name="File">The file that was written.</param>
/// <param name="Format">onnx or safetensors.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record ExportReport(
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("format")] string Format,
    [property: JsonPropertyName("bytes")] int Bytes);
