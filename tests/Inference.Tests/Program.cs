using Inference.Tests.Model;
using Streaming.Inference.Kernels;

// Run by StepChecksumTests in child processes; the test runner does not use this entry point.
foreach (string checksum in StepChecksum.All())
{
    Console.WriteLine(checksum);
}

Console.WriteLine(VectorForms.Best);
