using System.Diagnostics;

namespace Integration.Harness;

/// <summary>The program that stops and starts the brokers of the suite, where <see cref="Variable"/> names one.</summary>
/// <remarks>It is called with one word: stop (as in a crash), start (returns once they answer), pause (they answer
/// nothing) or resume.</remarks>
internal static class BrokerCommand
{
    /// <summary>Environment variable with the program's path.</summary>
    public const string Variable = "KAFKA_BROKER_COMMAND";

    private static readonly string? program = Environment.GetEnvironmentVariable(Variable);

    /// <summary>Whether there is one.</summary>
    public static bool IsGiven => !string.IsNullOrEmpty(program);

    public static void Run(string word)
    {
        if (!IsGiven)
        {
            throw new InvalidOperationException($"{Variable} names no program that could {word} the brokers.");
        }

        using Process process = Process.Start(program!, [word]);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {word} ended with {process.ExitCode}.");
    }
}
