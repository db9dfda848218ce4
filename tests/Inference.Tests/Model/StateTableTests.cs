using Streaming.Inference.Model;

namespace Inference.Tests.Model;

public sealed class StateTableTests
{
    private static readonly ModelShape Shape = new(inputs: 1, hidden: 5, layers: 2, skipInputs: 0, outputs: 1);

    [Fact]
    public void Rent_BeyondMaxRows_ThrowsAndReturnMakesRoom()
    {
        var states = new StateTable(Shape, maxRows: 3);
        int[] rows = [states.Rent(), states.Rent(), states.Rent()];

        Assert.Equal(3, rows.Distinct().Count());
        Assert.Throws<InvalidOperationException>(() => states.Rent());

        states.Return(rows[1]);
        Assert.Equal(rows[1], states.Rent());
    }

    [Fact]
    public void Rent_ReturnedRow_IsZeroAgain()
    {
        var states = new StateTable(Shape, maxRows: 1);
        var values = Enumerable.Repeat(1f, states.RowLength).ToArray();
        int row = states.Rent();
        states.Restore(row, values);
        states.Return(row);

        states.CopyTo(states.Rent(), values);

        Assert.All(values, value => Assert.Equal(0f, value));
    }

    [Fact]
    public void CopyTo_AfterRestore_GivesTheSameBitsOverManyChunks()
    {
        const int Rows = 40_000;
        var random = new Random(Seed: 3);
        var states = new StateTable(Shape, Rows);
        float[][] expected = [.. Enumerable.Range(0, Rows).Select(_ => RandomModel.Floats(random, states.RowLength))];
        int[] rows = [.. expected.Select(values =>
        {
            int row = states.Rent();
            states.Restore(row, values);
            return row;
        })];

        var actual = new float[states.RowLength];
        for (int i = 0; i < Rows; i++)
        {
            states.CopyTo(rows[i], actual);
            Assert.True(Fleet.Bits(expected[i]).SequenceEqual(Fleet.Bits(actual)));
        }

        Assert.Equal(20, states.RowLength);
        Assert.InRange(states.Bytes, Rows * 64L * sizeof(float), (Rows * 64L * sizeof(float)) + (2 << 20));
    }

    [Fact]
    public void AnyMethod_RowNotRented_Throws()
    {
        var states = new StateTable(Shape, maxRows: 2);
        int row = states.Rent();
        states.Return(row);

        Assert.Throws<ArgumentOutOfRangeException>(() => states.Return(row));
        Assert.Throws<ArgumentOutOfRangeException>(() => states.Clear(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => states.CopyTo(2, new float[20]));
    }

    [Fact]
    public void Restore_WrongLength_Throws()
    {
        var states = new StateTable(Shape, maxRows: 1);
        int row = states.Rent();

        Assert.Throws<ArgumentException>(() => states.Restore(row, new float[19]));
    }
}
