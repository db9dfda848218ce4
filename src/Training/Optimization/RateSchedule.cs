namespace Streaming.Training.Optimization;

/// <summary>Share of the largest step size at each update of a run; pure.</summary>
internal sealed class RateSchedule(ScheduleOptions options)
{
    /// <summary>The share for update n = 0, 1, …: warm-up times decay.</summary>
    public double ShareAt(int update) => WarmUp(update) * options.Kind switch
    {
        ScheduleKind.Cosine => Cosine(update),
        ScheduleKind.Step => Math.Pow(options.StepFactor, update / options.StepUpdates),
        ScheduleKind.Exponential => Math.Pow(options.FinalShare, Progress(update)),
        ScheduleKind.Cyclical => Cycle(update),
        _ => 1,
    };

    /// <summary>(n + 1) / updates, at most 1.</summary>
    private double WarmUp(int update) =>
        update + 1 >= options.WarmUpUpdates ? 1 : (update + 1.0) / options.WarmUpUpdates;

    /// <summary>Share of the run that is over.</summary>
    private double Progress(int update) => Math.Min(1, update / (double)options.RunUpdates);

    /// <summary>final + (1 - final) · (1 + cos(π · progress)) / 2. Source: Loshchilov and Hutter 2017.</summary>
    private double Cosine(int update) =>
        options.FinalShare + ((1 - options.FinalShare) * 0.5 * (1 + Math.Cos(Math.PI * Progress(update))));

    /// <summary>Up over so many updates from the final share to 1, and down again. Source: Smith 2017.</summary>
    private double Cycle(int update)
    {
        double place = update % (2.0 * options.StepUpdates) / options.StepUpdates;
        return options.FinalShare + ((1 - options.FinalShare) * (1 - Math.Abs(1 - place)));
    }
}
