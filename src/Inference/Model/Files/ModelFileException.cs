namespace Streaming.Inference.Model;

/// <summary>
/// A model file that can't be used or written. The message names file, tensor, what was expected and what was found.
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

    /// <summary>The error of a part of a file, in the words that all such errors have.</summary>
    public ModelFileException(string file, string part, string expected, string found)
        : base($"{file}: {part}: expected {expected}, found {found}.")
    {
    }
}
