using System.Text.Json;

namespace Simulation.Tests;

/// <summary>The mistakes that <c>Planted/run</c> plants in the daemon's source can still be planted.</summary>
public sealed class PlantedSourceTests
{
    private sealed record Bug(string Name, string What, Edit[] Edits);

    private sealed record Edit(string File, string Old, string New);

    [Fact]
    public void Bugs_EachEdit_FitsTheSourceOnce()
    {
        Bug[] bugs = JsonSerializer.Deserialize<Bug[]>(
            File.ReadAllText(RepositoryRoot.Combine("tests/Simulation/Planted/bugs.json")), JsonSerializerOptions.Web)!;

        Assert.NotEmpty(bugs);
        Assert.All(bugs.SelectMany(bug => bug.Edits), edit =>
            Assert.Equal(2, File.ReadAllText(RepositoryRoot.Combine(edit.File)).Split(edit.Old).Length));
    }
}
