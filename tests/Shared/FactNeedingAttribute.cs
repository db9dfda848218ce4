namespace Streaming.Testing;

/// <summary>A fact that calls programs by others; skipped, with the reason, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactNeedingAttribute : FactAttribute
{
    public FactNeedingAttribute(params string[] programs)
    {
        Skip = MachineProgram.ReasonToSkip(programs);
    }
}
