using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Serving.Api;

namespace Daemon.Tests.Serving.Api;

/// <summary>Fresh for a second, given for ten.</summary>
public sealed class SharedAnswerTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly SharedAnswer<string> shared;
    private TaskCompletionSource<string> making = new();
    private int made;

    public SharedAnswerTests() => shared = new(
        () =>
        {
            made++;
            return making.Task;
        },
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), clock);

    [Fact]
    public async Task GetAsync_ManyAsk_IsMadeOnceAndGoodForAWhile()
    {
        Task<string>[] all = [.. Enumerable.Range(0, 10).Select(_ => shared.GetAsync(default))];
        Assert.All(all, one => Assert.False(one.IsCompleted));

        making.SetResult("a");

        Assert.All(await Task.WhenAll(all), answer => Assert.Equal("a", answer));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("a", await shared.GetAsync(default));
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task GetAsync_OldAnswer_IsGivenWhileTheNextIsMade()
    {
        making.SetResult("a");
        await shared.GetAsync(default);
        making = new();

        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("a", await shared.GetAsync(default));
        clock.Advance(TimeSpan.FromSeconds(1));
        Task<string> next = shared.GetAsync(default);
        Assert.False(next.IsCompleted);
        making.SetResult("b");

        Assert.Equal("b", await next);
        Assert.Equal(2, made);
    }

    [Fact]
    public async Task GetAsync_MakingFails_WhoWaitsIsToldAndTheNextTriesAgain()
    {
        Task<string> first = shared.GetAsync(default);
        making.SetException(new InvalidOperationException("busy"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);

        making = new();
        making.SetResult("a");

        Assert.Equal("a", await shared.GetAsync(default));
    }

    [Fact]
    public async Task GetAsync_OneGoesAway_TheOthersGetIt()
    {
        using var leaving = new CancellationTokenSource();
        Task<string> goes = shared.GetAsync(leaving.Token), stays = shared.GetAsync(default);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => goes);
        making.SetResult("a");

        Assert.Equal(("a", 1), (await stays, made));
    }
}
