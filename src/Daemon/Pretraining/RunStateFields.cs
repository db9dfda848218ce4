using System.Runtime.InteropServices;
using Streaming.Training.Pretraining;

namespace Streaming.Daemon.Pretraining;

/// <summary>The fields of a run's state, in the order of its file.</summary>
internal static class RunStateFields
{
    public static void Write(BinaryWriter writer, RunState state)
    {
        writer.Write(state.Facts.Count);
        foreach ((string name, string value) in state.Facts)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Write(state.Epochs.Count);
        foreach (EpochReport epoch in state.Epochs)
        {
            Write(writer, epoch);
        }

        Write(writer, state.Trainer);
    }

    /// <param name="reader">Over bytes whose checksum holds.</param>
    public static RunState Read(BinaryReader reader)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            facts.Add(reader.ReadString(), reader.ReadString());
        }

        var epochs = new List<EpochReport>();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            epochs.Add(new(
                reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(),
                reader.ReadDouble(), reader.ReadBoolean()));
        }

        return new(facts, epochs, ReadTrainer(reader));
    }

    private static void Write(BinaryWriter writer, EpochReport epoch)
    {
        writer.Write(epoch.Epoch);
        writer.Write(epoch.Updates);
        writer.Write(epoch.TrainLoss);
        writer.Write(epoch.ValidationLoss);
        writer.Write(epoch.LearningRate);
        writer.Write(epoch.GradientNorm);
        writer.Write(epoch.IsBest);
    }

    private static void Write(BinaryWriter writer, TrainerState state)
    {
        WriteFloats(writer, state.Parameters);
        WriteFloats(writer, state.FirstMoments);
        WriteFloats(writer, state.SecondMoments);
        writer.Write(state.MeanPower);
        writer.Write(state.SquarePower);
        writer.Write(state.Updates);
        writer.Write(state.Passes);
        writer.Write(state.Seed);
        writer.Write(state.Epochs);
        writer.Write(state.Batches);
        writer.Write(state.EpochUpdates);
        writer.Write(state.LossSum);
        writer.Write(state.NormSum);
        writer.Write(state.LearningRate);
        WriteFloats(writer, state.BestParameters);
        writer.Write(state.BestEpoch);
        writer.Write(state.BestLoss);
    }

    /// <remarks>Initializers run in the order in which they are written: that of the file.</remarks>
    private static TrainerState ReadTrainer(BinaryReader reader) => new()
    {
        Parameters = ReadFloats(reader),
        FirstMoments = ReadFloats(reader),
        SecondMoments = ReadFloats(reader),
        MeanPower = reader.ReadDouble(),
        SquarePower = reader.ReadDouble(),
        Updates = reader.ReadInt32(),
        Passes = reader.ReadInt32(),
        Seed = reader.ReadInt32(),
        Epochs = reader.ReadInt32(),
        Batches = reader.ReadInt32(),
        EpochUpdates = reader.ReadInt32(),
        LossSum = reader.ReadDouble(),
        NormSum = reader.ReadDouble(),
        LearningRate = reader.ReadDouble(),
        BestParameters = ReadFloats(reader),
        BestEpoch = reader.ReadInt32(),
        BestLoss = reader.ReadDouble(),
    };

    private static void WriteFloats(BinaryWriter writer, float[] values)
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes<float>(values));
    }

    private static float[] ReadFloats(BinaryReader reader)
    {
        var values = new float[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
