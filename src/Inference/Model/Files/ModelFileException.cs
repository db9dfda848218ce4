namespace Streaming.Inference.Model;

/// <summary>
/// A model file that can't be used. The message names file, tensor, what was expected and what was found.
/// </summary>
public sealed class ModelFileException : Exception
{
    public ModelFileException()
    {
    }

    public ModelFileException(string message)
        : base(message)
    {
    }

    public ModelFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ModelFileException(string file, string part, string expected, string found)
        : base($"{file}: {part}: expected {expected}, found {found}.")
    {
    }
}
