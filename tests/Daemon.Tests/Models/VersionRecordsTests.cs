using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Model;

namespace Daemon.Tests.Models;

/// <summary>What is written comes back bit for bit, or not at all.</summary>
public sealed class VersionRecordsTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(1_000)]
    [InlineData(2_600)]
    [InlineData(VersionRecords.ChunkBytes)]
    public void Of_ReadBack_IsTheSameWeightsBitForBit(int chunkBytes)
    {
        ModelParameters parameters = ModelsLog.Parameters(3);
        parameters.Values[0] = -0f;
        parameters.Values[1] = float.Epsilon;

        List<ModelsRecord> records = new VersionRecords(chunkBytes)
            .Of(new(parameters, ModelsLog.Form, 16, "why"), 17, ModelsLog.Time);
        KeptVersion? version = ModelsLog.Read(records).View.Find(17);

        Assert.NotNull(version);
        Assert.Equal(Bits(parameters), Bits(version.Parameters()));
        Assert.Equal((16, "why", ModelsLog.Time), (version.Manifest.Base, version.Manifest.Why, version.Manifest.Time));
        Assert.Equal(ModelsLog.Form, version.Manifest.Form);
        Assert.Equal("lstm@17", version.Version.Name);
    }

    [Fact]
    public void Of_TheChampionThatShips_TravelsInRecordsOfLessThan512KiB()
    {
        ModelFile file = FirstModel.Champion();
        NetworkForm form = NetworkForm.Of(file.Parameters.Shape, ModelDescription.Of(file, "it"));

        List<ModelsRecord> records = new VersionRecords().Of(new(file.Parameters, form, 0, "it"), 1, ModelsLog.Time);

        Assert.Equal(["version/1/0", "version/1"], records.Select(record => ModelsLog.KeyOf(record).ToString()));
        Assert.All(records, record => Assert.InRange(record.Value!.Length, 1, 512 << 10));
    }

    [Fact]
    public void Of_AnyBitFlipped_IsNoVersionAndCounted()
    {
        ModelsRecord[] records = [.. new ModelsLog().Publish(1).Records];
        for (int i = 0; i < records.Length; i++)
        {
            byte[] whole = records[i].Value!;
            for (int bit = 0; bit < 8 * whole.Length; bit += 1 + (bit / 512))
            {
                byte[] flipped = [.. whole];
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                AssertDamaged(With(records, i, records[i] with { Value = flipped }));
            }
        }
    }

    [Fact]
    public void Of_CutAnywhere_IsNoVersionAndCounted()
    {
        ModelsRecord[] records = [.. new ModelsLog().Publish(1).Records];
        for (int i = 0; i < records.Length; i++)
        {
            byte[] whole = records[i].Value!;
            for (int length = 1; length < whole.Length; length += 1 + (length / 64))
            {
                AssertDamaged(With(records, i, records[i] with { Value = whole[..length] }));
            }
        }
    }

    [Fact]
    public void Of_KeysSwapped_IsNoVersionAndCounted()
    {
        ModelsRecord[] records = [.. new ModelsLog().Publish(1).Records];
        for (int i = 0; i < records.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                ModelsRecord[] swapped = [.. records];
                swapped[i] = records[i] with { Key = records[j].Key };
                swapped[j] = records[j] with { Key = records[i].Key };
                AssertDamaged(swapped);
            }
        }
    }

    /// <summary>Frames are whole, but the pieces are not those that the manifest speaks of.</summary>
    [Fact]
    public void Of_APieceOfOtherWeights_IsNoVersion()
    {
        ModelsRecord[] ours = [.. new ModelsLog().Publish(1, seed: 1).Records];
        ModelsRecord[] others = [.. new ModelsLog().Publish(1, seed: 2).Records];
        for (int i = 0; ModelsLog.KeyOf(ours[i]).Chunk is not null; i++)
        {
            Assert.NotNull(ModelsLog.Read(With(ours, i, ours[i])).Find(1));
            Assert.Null(ModelsLog.Read(With(ours, i, others[i])).Find(1));
        }
    }

    private static ModelsRecord[] With(ModelsRecord[] records, int index, ModelsRecord other)
    {
        ModelsRecord[] changed = [.. records];
        changed[index] = other;
        return changed;
    }

    private static void AssertDamaged(ModelsRecord[] records)
    {
        VersionCatalog catalog = ModelsLog.Read(records);

        Assert.Null(catalog.Champion);
        Assert.InRange(catalog.View.Damaged, 1, records.Length);
    }

    private static int[] Bits(ModelParameters parameters) =>
        [.. parameters.Values.Select(BitConverter.SingleToInt32Bits)];
}
