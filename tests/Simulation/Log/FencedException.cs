namespace Simulation.Log;

/// <summary>A newer epoch of the transactional id exists; ports turn this into their own exception.</summary>
internal sealed class FencedException(string id) : Exception($"The transactional id '{id}' has another producer.")
{
    public static void ThrowIf(bool isFenced, string id)
    {
        if (isFenced)
        {
            throw new FencedException(id);
        }
    }
}
