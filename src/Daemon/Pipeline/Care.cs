namespace Streaming.Daemon.Pipeline;

/// <summary>How carefully a record is taken.</summary>
internal enum Care
{
    /// <summary>With all that was gathered; commits come by the clock.</summary>
    None,

    /// <summary>A few, then a commit.</summary>
    Few,

    /// <summary>Alone in the process, between a commit that says so and one that says that it is done.</summary>
    Alone,
}
