using System.Text;
using Streaming.Daemon.Models;

namespace Daemon.Tests.Models;

public sealed class ModelsKeyTests
{
    [Theory]
    [InlineData("champion", 0, null)]
    [InlineData("version/17", 17, null)]
    [InlineData("version/17/0", 17, 0)]
    [InlineData("version/2147483647/1023", int.MaxValue, 1_023)]
    public void TryRead_WhatToBytesWrites_GivesTheKey(string text, int version, int? chunk)
    {
        Assert.True(ModelsKey.TryRead(Encoding.UTF8.GetBytes(text), out ModelsKey key));

        Assert.Equal(new(version, chunk), key);
        Assert.Equal(text, Encoding.UTF8.GetString(key.ToBytes()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("champion/1")]
    [InlineData("version")]
    [InlineData("version/")]
    [InlineData("version/0")]
    [InlineData("version/017")]
    [InlineData("version/+17")]
    [InlineData("version/ 17")]
    [InlineData("version/-1")]
    [InlineData("version/2147483648")]
    [InlineData("version/17/")]
    [InlineData("version/17/00")]
    [InlineData("version/17/1024")]
    [InlineData("version/17/0/0")]
    [InlineData("Version/17")]
    public void TryRead_AnythingElse_IsNone(string text) =>
        Assert.False(ModelsKey.TryRead(Encoding.UTF8.GetBytes(text), out _));
}
