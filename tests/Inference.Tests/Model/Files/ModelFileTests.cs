using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

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

    [Theory]
    [InlineData("lstm", "head", "skip")]
    [InlineData("", "fc", "skip")]
    [InlineData("model.encoder.rnn", "model.out", "ar")]
    public void Read_ModulesOfAnyName_FindsTheLstmAndTakesTheOthersByName(string lstm, string head, string skip)
    {
        string prefix = lstm.Length > 0 ? $"{lstm}." : "";
        byte[] file = TensorFile.Of(
            ($"{head}.weight", [1, 1], [9]),
            ($"{skip}.weight", [1, 2], [10, 11]),
            ($"{prefix}weight_hh_l0", [4, 1], [5, 6, 7, 8]),
            ($"{prefix}weight_ih_l0", [4, 1], [1, 2, 3, 4]));

        ModelParameters found = ModelFile.Read(file, "f", new(Head: head, Skip: skip)).Parameters;
        ModelParameters named = ModelFile.Read(file, "f", new(lstm, head, skip)).Parameters;

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 9, 10, 11, 0], found.Values);
        Assert.Equal(found.Values, named.Values);
    }

    [Fact]
    public void Read_HeadOfAnotherName_SaysWhichModulesThereAre()
    {
        byte[] file = TensorFile.Of(
            ("net.lstm.weight_ih_l0", [4, 1], new float[4]), ("net.lstm.weight_hh_l0", [4, 1], new float[4]),
            ("fc.weight", [1, 1], [1]), ("fc.bias", [1], [1]));

        var error = Assert.Throws<ModelFileException>(() => ModelFile.Read(file, "f"));

        Assert.Equal(
            "f: head.weight: expected a tensor, found none (modules in the file: net.lstm, fc).", error.Message);
    }

    [Fact]
    public void Read_TwoLstms_AsksWhichOne()
    {
        byte[] file = TensorFile.Of(
            ("a.weight_ih_l0", [4, 1], new float[4]), ("b.weight_ih_l0", [4, 1], new float[4]));

        var error = Assert.Throws<ModelFileException>(() => ModelFile.Read(file, "f"));

        Assert.Contains("expected one LSTM, or the name of the one to read, found a.weight_ih_l0 and b.weight_ih_l0",
            error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weight_hr_l0", 1, 1)] // proj_size
    [InlineData("weight_ih_l0_reverse", 4, 1)] // bidirectional
    [InlineData("head2.weight", 1, 1)]
    public void Read_TensorThatIsNotOfTheNetwork_IsRefusedByName(string name, long rows, long columns)
    {
        byte[] file = TensorFile.Of(
            ("weight_ih_l0", [4, 1], new float[4]),
            ("weight_hh_l0", [4, 1], new float[4]),
            ("head.weight", [1, 1], [1]),
            (name, [rows, columns], new float[rows * columns]));

        var error = Assert.Throws<ModelFileException>(() => ModelFile.Read(file, "f"));

        Assert.StartsWith($"f: {name}: expected tensors of an LSTM", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Gru_IsRefusedByItsShape()
    {
        byte[] file = TensorFile.Of(
            ("gru.weight_ih_l0", [6, 1], new float[6]), ("gru.weight_hh_l0", [6, 2], new float[12]),
            ("head.weight", [1, 2], [1, 1]));

        var error = Assert.Throws<ModelFileException>(() => ModelFile.Read(file, "f"));

        Assert.Equal("f: gru.weight_ih_l0: expected shape [8, 1], found [6, 1].", error.Message);
    }

    [Fact]
    public void Read_BiasesWhoseSumOverflows_NamesTheTensor()
    {
        byte[] file = TensorFile.Of(
            ("weight_ih_l0", [4, 1], new float[4]),
            ("weight_hh_l0", [4, 1], new float[4]),
            ("head.weight", [1, 1], [1]),
            ("bias_ih_l0", [4], [0, 3e38f, 0, 0]), ("bias_hh_l0", [4], [0, 3e38f, 0, 0]));

        var error = Assert.Throws<ModelFileException>(() => ModelFile.Read(file, "f"));

        Assert.Equal(
            "f: bias_hh_l0: expected finite values, found a sum of biases past float's range at element 1.",
            error.Message);
    }

    [Theory]
    [InlineData("forecaster.format")]
    [InlineData("forecaster.sha256")]
    [InlineData("forecaster.shape")]
    public void ToBytes_KeyThatTheFileHasOfItself_Throws(string key)
    {
        var model = new ModelFile(new(new(1, 1, 1, 0, 1)), new Dictionary<string, string> { [key] = "1" });

        Assert.Throws<ArgumentException>(() => model.ToBytes());
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
            "\ud83d", "[4,1]", "[0,16]", "\"F32\"", "\"F64\"", "\"shape\"", "\"__metadata__\":{\"forecaster.format\":\"1\"},",
            "\"__metadata__\":{\"forecaster.features\":\"a\",\"forecaster.lags\":\"-1\"},", " "];
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
                    ModelImport.Complete(model, new Dictionary<string, string>(), ServedModel.Metadata("v"), "fuzz");
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
