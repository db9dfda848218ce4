namespace Simulation.Schedules;

/// <summary>How often things happen in one schedule: some schedules have much of one thing and none of
/// another.</summary>
internal sealed class Weather
{
    private static readonly int[] Strengths = [0, 1, 1, 2, 5];

    public int Crash { get; private set; }

    public int Zombie { get; private set; }

    public int Slow { get; private set; }

    public int Rebalance { get; private set; }

    public int Transaction { get; private set; }

    public int Marks { get; private set; }

    public int Query { get; private set; }

    public int Cleaning { get; private set; }

    public int Versions { get; private set; }

    /// <summary>In a thousand: how often something that could happen takes longer.</summary>
    public int Delay { get; private set; }

    public void Reset(SeededRandom random)
    {
        Crash = Draw(random);
        Zombie = Draw(random);
        Slow = Draw(random);
        Rebalance = Draw(random);
        Transaction = Draw(random);
        Marks = Draw(random);
        Query = Draw(random);
        Cleaning = Draw(random);
        Versions = Draw(random);
        Crash = Crash + Zombie + Transaction == 0 ? 1 : Crash; // no schedule is without faults
        Delay = random.Between(50, 700);
    }

    private static int Draw(SeededRandom random) => Strengths[random.Below(Strengths.Length)];
}
