namespace Streaming.Daemon.State;

/// <summary>The stored state of a partition is whole, but not one that this deployment may go on with; the message says
/// what to do.</summary>
internal sealed class StateRefusedException(string message) : Exception(message)
{
    /// <summary>What an operator does who can do without the state.</summary>
    public const string ToDrop =
        "stop every instance and run 'forecaster reset', which drops the state, or choose another Application";

    /// <summary>A record that is none of ours.</summary>
    public static StateRefusedException OfForeignRecord(int partition) => new(
        $"Partition {partition} of the state topic has a record that is none of the forecaster's. "
        + "Choose another Application, or empty the topic.");

    /// <summary>A whole record of another form.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="form">Its <see cref="StateEnvelope.Version"/>.</param>
    public static StateRefusedException OfForm(int partition, byte form) => new(
        $"Partition {partition} of the state topic has records of form {form}; this version knows form "
        + $"{StateEnvelope.Version}. Run the newer version again, or {ToDrop}.");

    /// <summary>A record of another <see cref="Era.Structure"/>.</summary>
    public static StateRefusedException OfStructure(int partition) => new(
        $"The state of partition {partition} was written under options that give it another form (Model, "
        + $"Output:Quantiles, Input:Covariates or alike). Put them back, or {ToDrop}.");
}
