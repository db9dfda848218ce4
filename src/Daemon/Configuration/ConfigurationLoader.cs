namespace Streaming.Daemon.Configuration;

/// <summary>From files, environment variables and overrides to validated options.</summary>
/// <remarks>
/// Rising precedence: appsettings.json next to the executable, appsettings.json in the working directory, the file of
/// --config, the files of the folder that FORECASTER_SECRETS names, FORECASTER__Section__Key variables, overrides. A list
/// is taken whole from the highest source that names it. Kafka is not touched.
/// </remarks>
internal static class ConfigurationLoader
{
    /// <summary>Loads and validates; every error there is comes back at once.</summary>
    /// <remarks>Where a file can't be read, what it leaves unset is not reported as well.</remarks>
    public static ConfigurationResult Load(ConfigurationRequest request)
    {
        var errors = new List<ConfigurationError>();
        List<ConfigurationLayer> layers = ConfigurationLayers.Read(request, errors);
        bool allRead = errors.Count == 0;
        var binder = new OptionsBinder(errors);
        ForecasterOptions options = binder.Bind<ForecasterOptions>(layers);
        options = request.Adjust?.Invoke(options) ?? options;

        // What could not be read keeps its default: whatever validation says about that would only mislead.
        if (allRead)
        {
            var unread = errors.Select(error => error.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
            errors.AddRange(ConfigurationValidator.Validate(options).Where(error => !unread.Contains(error.Key)));
        }

        return new(options, errors, layers);
    }
}
