using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>Registers lanes and trainer, and what they share.</summary>
internal static class PipelineServices
{
    /// <param name="services">The host's services.</param>
    /// <param name="options">Options that passed validation.</param>
    public static IServiceCollection AddPipeline(this IServiceCollection services, ForecasterOptions options)
    {
        ForecasterSettings settings = SettingsOf(options);
        FirstModel first = FirstModel.Of(options.Model, settings);
        services.AddSingleton(settings);
        services.AddSingleton(first);
        services.AddSingleton(first.Parameters.Shape);
        services.AddSingleton<VersionFeed>(provider => new(catalog: provider.GetRequiredService<VersionCatalog>()));
        services.AddModels(NetworkForm.Of(first.Parameters.Shape, settings));
        services.AddSingleton<TaskFactory>();
        services.AddSingleton<DecisionLog>();
        services.AddSingleton<RunLog>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton(provider => LaneFaces.Of(
            options, provider.GetRequiredService<LiveFeed>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<LaneService>();
        if (options.Training.Mode != TrainingMode.Off)
        {
            services.AddSingleton<SampleTap>();
            services.AddSingleton<TuningControl>();
            services.AddSingleton<TuningFactory>();
            services.AddSingleton<DeskFactory>();
            services.AddSingleton<OpenDesk>(provider => provider.GetRequiredService<DeskFactory>().Open);
            services.AddHostedService<TrainerService>();
        }

        return services;
    }

    private static void AddModels(this IServiceCollection services, NetworkForm form)
    {
        services.AddSingleton(form);
        services.AddSingleton<VersionCatalog>();
        services.AddSingleton<VersionInForce>();
        services.AddSingleton<FirstVersion>();
        services.AddSingleton<ModelsService>();
        services.AddSingleton<TrainerSeat>();
        services.AddSingleton<OpenPublisher>(provider => provider.GetRequiredService<ModelsService>().OpenPublisher);
        services.AddSingleton<OperatorDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<ModelsService>());
    }

    /// <summary>What all series share under a configuration.</summary>
    public static ForecasterSettings SettingsOf(ForecasterOptions options) => new()
    {
        Horizons = [.. options.Model.Horizons],
        QuantileLevels = [.. options.Output.Quantiles],
        LagSteps = options.Model.LagSteps,
        Features = FeatureList.Parse(options.Model.Features),
        Scaling = options.Model.Scaling,
        Covariates = [.. options.Input.CovariatePaths().Select(covariate => covariate.Name)],
        AnomalyThreshold = options.Pipeline.AnomalyThreshold,
    };
}
