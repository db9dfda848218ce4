namespace Streaming.Daemon.Configuration;

/// <summary>Wire format of the input. Configured, and told in metrics, as <see cref="OptionNames"/> spells it.</summary>
internal enum InputFormat
{
    /// <summary>Recognized record by record.</summary>
    Auto,

    /// <summary>JSON by the configured paths.</summary>
    Json,

    /// <summary>InfluxDB line protocol.</summary>
    Influx,
}
