using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>What one section alone can't see.</summary>
internal static class CrossChecks
{
    public static IEnumerable<ConfigurationError> Check(ForecasterOptions options) =>
        [.. Topics(options), .. Windows(options)];

    /// <summary>Forecasts that came back as input would be forecast again, without end.</summary>
    private static IEnumerable<ConfigurationError> Topics(ForecasterOptions options)
    {
        string deadLetters = options.Output.DeadLetterTopicOf(options.Application);
        if (options.Output.Topic == options.Input.Topic)
        {
            yield return new("Output:Topic", $"must differ from Input:Topic ('{options.Input.Topic}')");
        }

        if (deadLetters == options.Input.Topic)
        {
            yield return new("Output:DeadLetterTopic", $"must differ from Input:Topic ('{options.Input.Topic}')");
        }

        if (deadLetters == options.Output.Topic)
        {
            yield return new("Output:DeadLetterTopic", $"must differ from Output:Topic ('{options.Output.Topic}')");
        }

        foreach ((string key, string topic) in new[]
        {
            ("Input:Topic", options.Input.Topic), ("Output:Topic", options.Output.Topic),
            ("Output:DeadLetterTopic", deadLetters),
        })
        {
            if (topic == options.RepartitionTopic && RepartitionChoice.Of(options.Input).IsOn)
            {
                yield return new(key, $"must differ from '{topic}', through which records are repartitioned");
            }
        }
    }

    /// <summary>The window feeds lags and features, and training needs a value and its horizon in one window.</summary>
    private static IEnumerable<ConfigurationError> Windows(ForecasterOptions options)
    {
        int horizon = options.Model.Horizons.DefaultIfEmpty().Max();
        int lags = options.Model.LagSteps;
        (string feature, int needed) = FeatureList.TryParse(options.Model.Features, out FeatureList? features, out _)
            ? features.Widest
            : default;
        int shared = options.Series.WindowSteps;
        var windows = options.Rules
            .Select((rule, i) => ($"Rules:{i}:WindowSteps", rule.WindowSteps ?? shared))
            .Where(window => window.Item2 != shared)
            .Prepend(("Series:WindowSteps", shared));
        foreach ((string key, int window) in windows)
        {
            if (window <= horizon)
            {
                yield return new(key, $"{window} steps must exceed the largest horizon, {horizon} (Model:Horizons)");
            }

            if (window <= lags)
            {
                yield return new(key, $"{window} steps can't feed {lags} lags (Model:LagSteps)");
            }

            if (window < needed)
            {
                yield return new(key, $"{window} steps can't feed {feature} (Model:Features), which needs {needed}");
            }
        }
    }
}
