namespace Streaming.Inference.Series;

/// <summary>Is told of each step after its forecast.</summary>
public delegate void StepIssued(in IssuedStep issued);
