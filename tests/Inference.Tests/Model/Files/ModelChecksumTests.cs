using System.Text;
using Streaming.Inference.Model;

namespace Inference.Tests.Model.Files;

public sealed class ModelChecksumTests
{
    private static readonly byte[] ours = new ModelFile(
        ModelInitializer.Create(new ModelShape(1, 2, 1, 1, 1), seed: 1),
        new Dictionary<string, string> { ["a"] = "b" }).ToBytes();

    [Fact]
    public void Read_AnyBitOfOurFileFlipped_Throws()
    {
        Assert.True(ModelInspection.Read(ours, "good").HasChecksum);

        for (int bit = 0; bit < 8 * ours.Length; bit++)
        {
            byte[] flipped = [.. ours];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<ModelFileException>(() => ModelFile.Read(flipped, "flipped"));
        }
    }

    [Fact]
    public void Read_AnyByteOfOurFileReplaced_Throws()
    {
        for (int at = 0; at < ours.Length; at++)
        {
            foreach (byte value in "\0 \"\\{}x0"u8)
            {
                byte[] replaced = [.. ours];
                replaced[at] = value;
                if (value != ours[at])
                {
                    Assert.Throws<ModelFileException>(() => ModelFile.Read(replaced, "replaced"));
                }
            }
        }
    }

    [Theory]
    [InlineData("format", "f0rmat", "forecaster.format: expected 1, found none.")]
    [InlineData("sha256", "sha25_", "forecaster.sha256: expected 64 hexadecimal digits, found none.")]
    [InlineData("format\":\"1\"", "format\":\"2\"", "forecaster.format: expected 1, found 2.")]
    public void Read_KeyOfOursChanged_SaysWhatIsMissing(string part, string replacement, string message)
    {
        var error = Assert.Throws<ModelFileException>(() => ModelFile.Read(With(part, replacement), "f"));

        Assert.Equal($"f: {message}", error.Message);
    }

    [Fact]
    public void Read_FileOfAnotherProgram_HasNoChecksumToMatch()
    {
        byte[] file = TensorFile.Of(
            new Dictionary<string, string> { ["format"] = "pt", ["sha256"] = "of something else" },
            ("weight_ih_l0", [4, 1], new float[4]),
            ("weight_hh_l0", [4, 1], new float[4]),
            ("head.weight", [1, 1], [1]));

        ModelInspection read = ModelInspection.Read(file, "f");

        Assert.False(read.HasChecksum);
        Assert.Equal("pt", read.Model.Metadata["format"]);
    }

    private static byte[] With(string part, string replacement) =>
        Encoding.Latin1.GetBytes(
            Encoding.Latin1.GetString(ours).Replace(part, replacement, StringComparison.Ordinal));
}
