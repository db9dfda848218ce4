namespace Streaming.Testing;

/// <summary>A theory that calls programs by others; skipped, with the reason, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryNeedingAttribute : TheoryAttribute
{
    public TheoryNeedingAttribute(params string[] programs)
    {
        Skip = MachineProgram.ReasonToSkip(programs);
    }
}
