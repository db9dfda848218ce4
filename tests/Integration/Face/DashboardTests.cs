namespace Integration.Face;

/// <summary>The dashboard of the running demo in a real browser.</summary>
public sealed class DashboardTests
{
    private const string Chromium = "chromium";

    /// <remarks>What is looked at stands in browse.cjs, which says what it found otherwise than it should be.</remarks>
    [FactNeeding(Chromium, MachineProgram.Playwright)]
    public async Task Dashboard_InARealBrowser_ShowsTheDemoAsItGoes()
    {
        await using ListeningProcess demo = ListeningProcess.StartDemo("60");
        Uri address = await demo.ListeningAsync();

        string seen = await ClientProgram.RunAsync(
            "node", [Path.Combine(AppContext.BaseDirectory, "Clients", "browse.cjs"), address.AbsoluteUri]);

        Assert.EndsWith("all is as it should be\n", seen, StringComparison.Ordinal);
    }
}
