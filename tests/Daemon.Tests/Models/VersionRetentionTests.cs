using CsCheck;
using Streaming.Daemon.Models;

namespace Daemon.Tests.Models;

public sealed class VersionRetentionTests
{
    /// <summary>Versions are trained, given and rolled back to, in any order.</summary>
    [Fact]
    public void CrowdedOut_AnyHistory_KeepsTheBoundTheChampionTheOneBeforeAndTheOneGivenLast() =>
        Gen.Select(Gen.Int[0, 3].Array[1, 30], Gen.Int[VersionRetention.Least, 8]).Sample(
            (acts, kept) =>
            {
                var log = new ModelsLog().Publish(1);
                int champion = 1, last = 1, given = 1;
                foreach (int act in acts)
                {
                    if (act == 0)
                    {
                        champion = log.Read().View.Versions.Keys.Min();
                        log.PutInForce(champion, 0);
                        continue;
                    }

                    last++;
                    given = act == 1 ? last : given;
                    CatalogView view = log.Read().View;
                    int[] gone = [.. VersionRetention.CrowdedOut(view, new(last, champion, act == 1), kept)
                        .Select(version => version.Id)];
                    log.Publish(last, isGiven: act == 1);
                    Array.ForEach(gone, id => log.Drop(id));

                    IEnumerable<int> left = log.Read().View.Versions.Keys;
                    Assert.Equal(Math.Min(kept, view.Versions.Count + 1), left.Count());
                    Assert.Superset(new HashSet<int> { last, champion, given }, left.ToHashSet());
                    int[] unneeded = [.. left.Except([last, champion, given])];
                    Assert.True(gone.Length == 0 || unneeded.Length == 0 || gone.Max() < unneeded.Min());
                    champion = last;
                }
            },
            iter: 100, threads: 1);

    [Fact]
    public void CrowdedOut_BoundLowered_TakesAllBeyondItAndTheirPieces()
    {
        ModelsLog log = new ModelsLog().Publish(1);
        for (int id = 2; id <= 9; id++)
        {
            log.Publish(id, isGiven: false);
        }

        (int Id, int Chunks)[] gone = [.. VersionRetention.CrowdedOut(log.Read().View, new(10, 9, false), 4)];

        Assert.Equal([7, 6, 5, 4, 3, 2], gone.Select(version => version.Id));
        Assert.All(gone, version => Assert.Equal(log.ChunksOf(version.Id), version.Chunks));
    }
}
