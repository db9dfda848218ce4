using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Streaming.Inference.Model;

namespace Inference.Tests.Model.Files;

public sealed class ModelFileTests
{
    private const string Good =
        """
        {"lstm.weight_ih_l0":{"dtype":"F32","shape":[4,1],"data_offsets":[0,16]},
        "lstm.weight_hh_l0":{"dtype":"F32","shape":[4,1],"data_offsets":[16,32]},
        "head.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[32,36]}}
        """;

    [Fact]
    public void Read_WhatToBytesWrote_GivesTheSameBitsAndMetadata()
    {
        var random = new Random(Seed: 9);
        for (int trial = 0; trial < 50; trial++)
        {
            ModelParameters parameters = RandomModel.Parameters(RandomModel.Shape(random, maxHidden: 40), random);
            var metadata = new Dictionary<string, string> { ["version"] = "v1", ["fea\"tures"] = "é, \n 日" };

            byte[] bytes = new ModelFile(parameters, metadata).ToBytes();
            ModelFile read = ModelFile.Read(bytes, "a.safetensors");

            Assert.Equal(parameters.Shape, read.Parameters.Shape);
            Assert.Equal(parameters.Values, read.Parameters.Values);
            Assert.Equal(metadata, read.Metadata);
            Assert.Equal(bytes, read.ToBytes());
        }
    }

    [Fact]
    public void Read_TwoBiasesOfABareLstmInOtherTypes_AddsThem()
    {
        byte[] data = new byte[128];
        for (int i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(8 * i), i);
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(32 + (4 * i)), 10 + i);
            BinaryPrimitives.WriteHalfLittleEndian(data.AsSpan(48 + (2 * i)), (Half)(0.5 * i));
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(56 + (2 * i)), 0x3F80); // 1 in BF16
        }

        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(64), 7);
        byte[] file = File(
            """
            {"__metadata__":{"format":"pt"},
            "weight_ih_l0":{"dtype":"F64","shape":[4,1],"data_offsets":[0,32]},
            "weight_hh_l0":{"dtype":"F32","shape":[4,1],"data_offsets":[32,48]},
            "bias_ih_l0":{"dtype":"F16","shape":[4],"data_offsets":[48,56]},
            "bias_hh_l0":{"dtype":"BF16","shape":[4],"data_offsets":[56,64]},
            "head.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[64,68]}}
            """, data[..68]);

        ModelParameters parameters = ModelFile.Read(file, "torch").Parameters;

        Assert.Equal(new ModelShape(1, 1, 1, 0, 1), parameters.Shape);
        Assert.Equal([0, 1, 2, 3], parameters.InputWeights(0).ToArray());
        Assert.Equal([10, 11, 12, 13], parameters.RecurrentWeights(0).ToArray());
        Assert.Equal([1, 1.5f, 2, 2.5f], parameters.Bias(0).ToArray());
        Assert.Equal([7], parameters.HeadWeights.ToArray());
    }

    [Theory]
    [InlineData("F32", "F8_E4M3", "lstm.weight_ih_l0: expected type F32, F64, F16 or BF16, found 'F8_E4M3'")]
    [InlineData("[0,16]", "[0,9999]", "lstm.weight_ih_l0: expected a range within the 36 bytes of data, found bytes 0 to 9999")]
    [InlineData("[0,16]", "[16,0]", "lstm.weight_ih_l0: expected a range within")]
    [InlineData("[0,16]", "[-16,0]", "lstm.weight_ih_l0: expected up to 8 lengths or offsets")]
    [InlineData("[4,1],\"data_offsets\":[0,16]", "[4,2],\"data_offsets\":[0,16]", "expected 32 bytes for F32 [4, 2], found 16")]
    [InlineData("[4,1],\"data_offsets\":[0,16]", "[1,4],\"data_offsets\":[0,16]", "weight_ih_l0: expected shape [4, 4], found [1, 4]")]
    [InlineData("[4,1],\"data_offsets\":[0,16]", "[9000000000000000000,9000000000000000000],\"data_offsets\":[0,16]", "weight_ih_l0: expected 9223372036854775807 bytes")]
    [InlineData("[4,1],\"data_offsets\":[0,16]", "[0,900000000],\"data_offsets\":[0,0]", "expected data from byte 0, found from byte 16")]
    [InlineData("[32,36]", "[28,32]", "head.weight: expected data from byte 32, found from byte 28")]
    [InlineData("head.weight", "head.wait", "head.weight: expected a tensor, found none")]
    [InlineData("\"head.weight\"", "\"lstm.weight_ih_l0\"", "lstm.weight_ih_l0: expected one entry, found two")]
    [InlineData("lstm.weight_hh_l0", "lstm.weight_hr_l0", "lstm.weight_hh_l0: expected a tensor, found none")]
    [InlineData("}}", "}", "header: expected JSON, found")]
    [InlineData("\"dtype\"", "\"kind\"", "expected dtype, shape and data_offsets, found 'kind'")]
    public void Read_BadHeader_NamesFileTensorExpectedAndFound(string part, string replacement, string message)
    {
        int at = Good.IndexOf(part, StringComparison.Ordinal);
        string bad = string.Concat(Good.AsSpan(0, at), replacement, Good.AsSpan(at + part.Length));

        var error = Assert.Throws<ModelFileException>(() => ModelFile.Read(File(bad, new byte[36]), "bad.safetensors"));

        Assert.StartsWith("bad.safetensors: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TruncatedAnywhereOrWithExtraBytes_Throws()
    {
        byte[] file = File(Good, new byte[36]);
        ModelFile.Read(file, "good");

        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<ModelFileException>(() => ModelFile.Read(file.AsSpan(0, length), "cut"));
        }

        Assert.Throws<ModelFileException>(() => ModelFile.Read([.. file, 0], "long"));
    }

    [Fact]
    public void Read_ExtraTensor_IsRefusedByName()
    {
        string extra = Good[..^1] + ",\"lstm.weight_ih_l0_reverse\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[36,40]}}";

        var error = Assert.Throws<ModelFileException>(() => ModelFile.Read(File(extra, new byte[40]), "f"));

        Assert.Contains("lstm.weight_ih_l0_reverse", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NaNWeight_NamesTensorAndElement()
    {
        byte[] data = new byte[36];
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(16 + 8), float.NaN);

        var error = Assert.Throws<ModelFileException>(() => ModelFile.Read(File(Good, data), "f"));

        Assert.Equal("f: lstm.weight_hh_l0: expected finite values, found NaN at element 2.", error.Message);
    }

    [Fact]
    public void Read_AnyBitFlippedInOurFile_Throws()
    {
        byte[] file = new ModelFile(
            ModelInitializer.Create(new ModelShape(1, 2, 1, 1, 1), 1), new Dictionary<string, string> { ["a"] = "b" }).ToBytes();
        ModelFile.Read(file, "good");
        int key = Encoding.ASCII.GetString(file).IndexOf("sha256", StringComparison.Ordinal);

        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            if (bit / 8 >= key && bit / 8 < key + 6)
            {
                continue; // Under another key the checksum is plain metadata.
            }

            byte[] flipped = [.. file];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<ModelFileException>(() => ModelFile.Read(flipped, "flipped"));
        }
    }

    [Fact]
    public void Read_HugeClaims_AllocatesLittle()
    {
        byte[] lying = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(lying, ulong.MaxValue);
        byte[] wide = File(Good.Replace("[4,1],\"data_offsets\":[0,16]", "[0,2000000000],\"data_offsets\":[0,0]", StringComparison.Ordinal), new byte[36]);
        Assert.ThrowsAny<ModelFileException>(() => ModelFile.Read(lying, "f"));

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.ThrowsAny<ModelFileException>(() => ModelFile.Read(lying, "f"));
        Assert.ThrowsAny<ModelFileException>(() => ModelFile.Read(wide, "f"));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    /// <summary>
    /// Cuts, splices, flips and rewrites of files with and without checksum: a model or the one error, nothing else.
    /// </summary>
    [Fact]
    public void Read_HundredThousandMutations_GivesAModelOrItsOwnError()
    {
        byte[][] seeds =
        [
            File(Good, new byte[36]),
            new ModelFile(ModelInitializer.Create(new ModelShape(2, 2, 2, 1, 2), 1), new Dictionary<string, string>()).ToBytes(),
        ];
        string[] fragments = ["[", "]", "{", "}", "\"", ",", ":", "0", "-1", "1e9", "9999999999999999999", "null", "\\u0000",
            "\ud83d", "[4,1]", "[0,16]", "\"F32\"", "\"F64\"", "\"shape\"", "\"__metadata__\":{\"sha256\":\"x\"},", " "];
        Gen<(int Seed, int Kind, int At, int Length, byte Value, int Fragment)[]> edits = Gen.Select(
            Gen.Int[0, 1], Gen.Int[0, 3], Gen.Int[0, 600], Gen.Int[0, 20], Gen.Byte, Gen.Int[0, fragments.Length - 1])
            .Array[1, 4];

        edits.Sample(
            list =>
            {
                byte[] file = list.Aggregate(seeds[list[0].Seed], (bytes, edit) => Edited(bytes, edit, fragments));
                try
                {
                    ModelFile model = ModelFile.Read(file, "fuzz");
                    Assert.True(model.Parameters.Values.Length * 2 <= file.Length);
                }
                catch (ModelFileException)
                {
                }
            },
            iter: 100_000, threads: 1);
    }

    private static byte[] Edited(
        byte[] bytes, (int Seed, int Kind, int At, int Length, byte Value, int Fragment) edit, string[] fragments)
    {
        if (bytes.Length == 0)
        {
            return bytes;
        }

        int at = edit.At % bytes.Length;
        int end = Math.Min(bytes.Length, at + edit.Length);
        byte[] result = edit.Kind switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. Encoding.UTF8.GetBytes(fragments[edit.Fragment]), .. bytes[end..]],
            2 => [.. bytes[..at], edit.Value, .. bytes[(at + 1)..]],
            _ => [.. bytes[..end], .. bytes[at..]],
        };

        // Most edits keep the header's length honest, so that they get past it.
        if (edit.Kind != 0 && at > 8 && result.Length > 8)
        {
            long length = BinaryPrimitives.ReadInt64LittleEndian(result) + result.Length - bytes.Length;
            BinaryPrimitives.WriteInt64LittleEndian(result, length);
        }

        return result;
    }

    private static byte[] File(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + json.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)json.Length);
        json.CopyTo(file, 8);
        data.CopyTo(file, 8 + json.Length);
        return file;
    }
}
