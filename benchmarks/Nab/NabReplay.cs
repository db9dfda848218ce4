using System.Globalization;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Experts;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Benchmarks.Nab;

/// <summary>Replays a file as the daemon would take it by default, and keeps what it says of each row.</summary>
/// <remarks>
/// The step is the file's own; all else is left as it ships, but that the network is untrained: the one that ships has
/// seen some of the files. Rows of one step share its verdict, which the last of them gets.
/// </remarks>
internal static class NabReplay
{
    /// <summary>Replays a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="threshold">Score from which there is an alarm.</param>
    /// <returns>What was said of each row; nothing (score 0) of rows that share a step with a later one.</returns>
    public static ForecastBlock.Head[] Run(NabFile file, double threshold)
    {
        var options = new ForecasterOptions
        {
            Series = new() { Step = file.Step.ToString("c", CultureInfo.InvariantCulture) },
            Model = new() { Pretrained = false },
            Pipeline = new() { AnomalyThreshold = threshold },
        };
        ForecasterSettings settings = PipelineServices.SettingsOf(options);
        ModelParameters parameters = FirstModel.Of(options.Model, settings).Parameters;
        SeriesProfile profile = new RuleBook(options).Kinds[0].Profile;
        var weights = ModelWeights.Pack(parameters);
        var states = new StateTable(parameters.Shape, 1);
        var series = new SeriesState(
            profile, settings, states.Rent(), ExpertPlan.Of(profile, settings, parameters.Shape.Hidden));
        var forecaster = new Forecaster(settings, parameters.Shape);
        var block = new ForecastBlock(settings.Horizons.Length, settings.QuantileLevels.Length);
        var queue = new PendingSteps();
        var intake = new Intake(queue, (_, _) => 0);
        Dictionary<long, int> rowOf = [];
        var heads = new ForecastBlock.Head[file.Times.Length];
        for (int row = 0; row < heads.Length; row++)
        {
            rowOf[profile.IndexOf(file.Times[row].Ticks)] = row;
            intake.Offer(series, new Sample(file.Times[row].Ticks, file.Values[row]), origin: row);
            Step();
        }

        intake.Pass(file.Times[^1].Ticks + file.Step.Ticks + profile.GraceTicks + profile.MaxSkewTicks, heads.Length);
        Step();
        return heads;

        void Step()
        {
            queue.FormWaves();
            block.Reserve(queue.Count);
            for (int wave = 0; wave < queue.WaveCount; wave++)
            {
                int at = queue.Wave(wave)[0];
                forecaster.Step(weights, states, queue.Steps, [at], block);
                PendingStep step = queue.Steps[at];
                if (!step.IsHeld)
                {
                    heads[rowOf[profile.IndexOf(step.TimeTicks)]] = block[at];
                }
            }

            queue.Clear();
        }
    }
}
