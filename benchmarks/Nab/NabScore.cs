namespace Benchmarks.Nab;

/// <summary>What a detector's detections at one threshold are worth.</summary>
/// <param name="Threshold">Least score of a detection.</param>
/// <param name="Normalized">NAB's score: 0 no detection, 100 perfect; negative where detections do harm.</param>
/// <param name="Found">Windows with a detection.</param>
/// <param name="Windows">All windows.</param>
/// <param name="Detections">Rows detected after probation.</param>
/// <param name="FalseDetections">Those outside windows.</param>
internal sealed record NabScore(
    double Threshold, double Normalized, int Found, int Windows, int Detections, int FalseDetections);
