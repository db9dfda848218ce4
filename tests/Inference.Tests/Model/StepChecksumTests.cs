using System.Diagnostics;
using Streaming.Inference.Kernels;

namespace Inference.Tests.Model;

/// <summary>
/// The same hashes must come out of every vector width and processor type: a state written by one is restored by
/// another. A change of the recorded hashes is a change of the numerics revision: states and replays of an older build
/// no longer match.
/// </summary>
public sealed class StepChecksumTests
{
    private static readonly string[] Recorded =
    [
        "few outputs cc7934e97a6f52f05db8d591849a226d419346945f32d718e633e76cb7bdd700",
        "many outputs 634bc3b729f6bfc3ae2078dfe22df3dc6daae5b965e3bd7f528e918340a91ff5",
    ];

    [Fact]
    public void Run_ThousandSteps_GivesTheRecordedHashes() => Assert.Equal(Recorded, StepChecksum.All());

    [Theory]
    [InlineData("DOTNET_EnableAVX512", nameof(VectorForm.Vector256))]
    [InlineData("DOTNET_EnableAVX2", nameof(VectorForm.Scalar))]
    [InlineData("DOTNET_EnableHWIntrinsic", nameof(VectorForm.Scalar))]
    public void Run_ProcessWithNarrowerVectors_GivesTheRecordedHashes(string setting, string widest)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(StepChecksumTests).Assembly.Location])
        {
            RedirectStandardOutput = true,
            Environment = { [setting] = "0" },
        };

        using Process process = Process.Start(start)!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.True(Enum.Parse<VectorForm>(lines[^1]) <= Enum.Parse<VectorForm>(widest), lines[^1]);
        Assert.Equal(Recorded, lines[..^1]);
    }
}
