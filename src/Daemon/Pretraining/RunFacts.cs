using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.Samples;

namespace Streaming.Daemon.Pretraining;

/// <summary>All that decides the weights of a run, by the names that a user knows: equal facts, equal bits.</summary>
internal static class RunFacts
{
    /// <summary>Facts by name.</summary>
    /// <param name="options">Options; threads are left out.</param>
    /// <param name="model">Sizes and horizons.</param>
    /// <param name="start">Weights to start from.</param>
    /// <param name="data">What is trained on.</param>
    public static IReadOnlyDictionary<string, string> Of(
        PretrainingOptions options, ModelOptions model, ModelParameters start, TrainingData data)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["--hidden"] = $"{model.Hidden}",
            ["--layers"] = $"{model.Layers}",
            ["--lags"] = $"{model.LagSteps}",
            ["--features"] = $"{FeatureList.Parse(model.Features)}",
            ["--scaling"] = OptionNames.Of(model.Scaling),
            ["--horizons"] = string.Join(',', model.Horizons),
            ["weights to start from"] = Hash(start.Values),
            ["series and their values"] = Hash(data.Windows),
        };
        foreach (PropertyInfo option in OptionsSchema.Settings(typeof(PretrainingOptions)))
        {
            if (option.Name != nameof(PretrainingOptions.Threads))
            {
                facts[OptionText.Name(option.Name)] = OptionText.Value(option.GetValue(options));
            }
        }

        return facts;
    }

    /// <summary>What tells two runs apart, in words.</summary>
    public static IEnumerable<string> Differences(
        IReadOnlyDictionary<string, string> then, IReadOnlyDictionary<string, string> now) =>
        from name in then.Keys.Union(now.Keys, StringComparer.Ordinal)
        let was = then.GetValueOrDefault(name, "none")
        let isNow = now.GetValueOrDefault(name, "none")
        where was != isNow
        select $"{name} was {was} and is {isNow}";

    private static string Hash(float[] values) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(values)))[..16];

    private static string Hash(IReadOnlyList<EncodedWindow> windows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (EncodedWindow window in windows)
        {
            hash.AppendData(BitConverter.GetBytes(window.Series));
            hash.AppendData(BitConverter.GetBytes(window.Steps));
            hash.AppendData(MemoryMarshal.AsBytes<float>(window.Inputs));
            hash.AppendData(MemoryMarshal.AsBytes<float>(window.Skip));
            hash.AppendData(MemoryMarshal.AsBytes<float>(window.Targets));
            hash.AppendData(MemoryMarshal.AsBytes<float>(window.Weights));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
