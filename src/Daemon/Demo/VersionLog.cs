namespace Streaming.Daemon.Demo;

/// <summary>Versions that forecasts were seen to come from.</summary>
internal sealed class VersionLog
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>The version that was last seen for the first time: the one in force, once adoption has
    /// spread.</summary>
    public string Newest { get; private set; } = "";

    /// <summary>Versions that came after the first.</summary>
    public int Adopted => Math.Max(0, seen.Count - 1);

    /// <summary>Notes the version of a forecast.</summary>
    public void Add(string version)
    {
        if (seen.Add(version))
        {
            Newest = version;
        }
    }
}
