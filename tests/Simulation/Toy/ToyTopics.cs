namespace Simulation.Toy;

/// <summary>Names of the toy's topics.</summary>
internal static class ToyTopics
{
    public const string Input = "input";
    public const string Forecasts = "forecasts";
    public const string DeadLetters = "dead-letters";
    public const string State = "toy-state";
    public const string Models = "toy-models";
}
