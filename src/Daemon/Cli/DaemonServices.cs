using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Renewal;
using Streaming.Daemon.Serving;
using Streaming.Daemon.Serving.Api;

namespace Streaming.Daemon.Cli;

/// <summary>What the daemon is made of: one line a part.</summary>
internal static class DaemonServices
{
    /// <param name="services">The host's services.</param>
    /// <param name="options">Options that passed validation.</param>
    public static IServiceCollection AddForecaster(this IServiceCollection services, ForecasterOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<RuleBook>();
        services.AddSingleton(SecretPlaces.Of(options, Environment.GetEnvironmentVariable(SecretFiles.Variable)));
        services.AddHostedService<SecretWatch>();
        services.AddServing();
        services.AddPipeline(options);
        services.AddApi();
        return services;
    }
}
