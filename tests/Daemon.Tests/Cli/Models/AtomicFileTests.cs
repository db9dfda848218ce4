using Daemon.Tests.Configuration;
using Streaming.Daemon.Cli.Models;

namespace Daemon.Tests.Cli.Models;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_NewFile_LeavesNothingElse(bool replace)
    {
        string path = Path.Combine(folder.Path, "a");

        AtomicFile.Write(path, [1, 2], replace);

        Assert.Equal([1, 2], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_FileThatMayNotGo_KeepsItAndLeavesNothingElse()
    {
        string path = folder.Write("a", "kept");

        Assert.Throws<IOException>(() => AtomicFile.Write(path, [1, 2], replace: false));

        Assert.Equal("kept", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }
}
