namespace Streaming.Daemon.Pretraining;

/// <summary>What a user asked for can't be done as it stands.</summary>
/// <param name="errors">One line each: what is wrong, where, what to do.</param>
internal sealed class InputErrorException(params IReadOnlyList<string> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors => errors;
}
