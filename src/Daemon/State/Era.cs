namespace Streaming.Daemon.State;

/// <summary>What forecasts depend on beside the log and the adoptions.</summary>
/// <param name="Structure">Hash of the options that give the state its form: it is read back only where they are the
/// same.</param>
/// <param name="Configuration">Hash of all options that reach a forecast: where they change, the state goes on under
/// others from an offset that is recorded.</param>
/// <param name="Revision">Revision of the arithmetic.</param>
internal readonly record struct Era(ulong Structure, ulong Configuration, int Revision);
