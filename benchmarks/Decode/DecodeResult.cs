namespace Benchmarks.Decode;

/// <summary>One line of the benchmark.</summary>
/// <param name="Format">As Input:Format spells it; auto/… is the same record recognized; System.Text.Json is the peer,
/// deserialization of the record of json into an object.</param>
/// <param name="NsPerRecord">Median time of one record.</param>
/// <param name="BytesPerRecord">Its size.</param>
/// <param name="AllocatedBytes">What one record allocates.</param>
internal sealed record DecodeResult(string Format, double NsPerRecord, int BytesPerRecord, double AllocatedBytes);
