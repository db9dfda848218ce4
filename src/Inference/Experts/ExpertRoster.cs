namespace Streaming.Inference.Experts;

/// <summary>The experts of a series, by name and place in arrays.</summary>
internal sealed class ExpertRoster
{
    /// <summary>The last value.</summary>
    public const int Persistence = 0;

    /// <summary>Exponential smoothing.</summary>
    public const int Smoothing = 1;

    /// <summary>The expert for series that are mostly zero.</summary>
    public const int Intermittent = 2;

    /// <summary>The network's head.</summary>
    public const int Network = 3;

    /// <summary>Seasonal naive with the season found by autocorrelation.</summary>
    public const int FoundSeason = 4;

    /// <summary>The first of the seasonal naives with a calendar season.</summary>
    public const int FirstSeason = 5;

    /// <summary>Lists the experts.</summary>
    /// <param name="seasons">Calendar seasons in steps, ascending.</param>
    /// <param name="linear">The linear ones.</param>
    public ExpertRoster(int[] seasons, LinearExpertOptions[] linear)
    {
        FirstLinear = FirstSeason + seasons.Length;
        Names =
        [
            "persistence", "smoothing", "intermittent", "network", "seasonal-found",
            .. seasons.Select(season => $"seasonal-{season}"), .. linear.Select(one => one.Name),
        ];
        Families = [.. Enumerable.Range(0, Names.Length).Select(FamilyOf)];
        Kinds = new ExpertKind[Names.Length];
        Kinds[Network] = ExpertKind.Steady;
        Kinds.AsSpan(FirstLinear).Fill(ExpertKind.Learner);
    }

    /// <summary>Names, [E].</summary>
    public string[] Names { get; }

    /// <summary>Of each, its place among the <see cref="ExpertFamilies"/>, [E].</summary>
    public int[] Families { get; }

    /// <summary>Kinds, [E].</summary>
    public ExpertKind[] Kinds { get; }

    /// <summary>Place of the first linear expert; all after it are linear.</summary>
    public int FirstLinear { get; }

    private int FamilyOf(int expert)
    {
        string name = Names[expert];
        int whole = ExpertFamilies.Names.IndexOf(name);
        return whole >= 0 ? whole : ExpertFamilies.Names.IndexOf(name[..name.IndexOf('-')]);
    }

    /// <summary>The linear experts that settings ask for.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="hidden">Hidden units that the readout sees; zero: no readout.</param>
    /// <param name="members">Members of the series' group; at most one: none that looks at it.</param>
    /// <param name="mostLagSteps">Lags that the window holds: longer ones are cut.</param>
    public static LinearExpertOptions[] LinearOf(
        SeriesExpertsOptions options, int hidden, int members, int mostLagSteps)
    {
        IEnumerable<LinearExpertOptions> own = options.LinearLagSteps
            .Select(lags => Math.Min(lags, mostLagSteps)).Distinct()
            .Select(lags => new LinearExpertOptions { LagSteps = lags });
        LinearExpertOptions readout = new()
        {
            LagSteps = Math.Min(options.ReadoutLagSteps, mostLagSteps),
            OutsideFeatures = hidden,
        };
        IEnumerable<LinearExpertOptions> group = options.GroupLagSteps.Select(lags => new LinearExpertOptions
        {
            LagSteps = Math.Min(lags.Own, mostLagSteps),
            GroupLagSteps = lags.Others,
            OutsideFeatures = GroupFeatures.CountOf(members, lags.Others),
        });
        return
        [
            .. own.Concat(options.ReadoutLagSteps > 0 && hidden > 0 ? [readout] : []).Concat(members > 1 ? group : [])
                .Select(plan => plan with { Learning = options.Learning }),
        ];
    }
}
