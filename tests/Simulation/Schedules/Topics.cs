using Simulation.Log;

namespace Simulation.Schedules;

/// <summary>The topics of a scenario.</summary>
internal static class Topics
{
    public static void Create(SimulatedCluster cluster, IScenario scenario, int partitions)
    {
        cluster.AddTopic(scenario.InputTopic, partitions);
        cluster.AddTopic(scenario.OutputTopic, partitions);
        cluster.AddTopic(scenario.DeadLetterTopic, partitions);
        cluster.AddTopic(scenario.StateTopic, partitions, isCompacted: true);
        cluster.AddTopic(scenario.ModelsTopic, 1, isCompacted: true);
    }
}
