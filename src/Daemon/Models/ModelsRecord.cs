namespace Streaming.Daemon.Models;

/// <summary>A record of the models topic.</summary>
/// <param name="Key">A <see cref="ModelsKey"/>.</param>
/// <param name="Value">Its value; null where what the key stands for is gone.</param>
internal sealed record ModelsRecord(byte[] Key, byte[]? Value);
