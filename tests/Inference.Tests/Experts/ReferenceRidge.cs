namespace Inference.Tests.Experts;

/// <summary>Discounted ridge regression by normal equations and Gaussian elimination, in plain double loops.</summary>
internal static class ReferenceRidge
{
    /// <summary>Weights that minimize the sum of λ^(n−1−i) · (y(i) − w·x(i))² + λ^n · |w|² ÷ variance.</summary>
    public static double[] Solve(double[][] xs, double[] ys, double forgetting, double priorVariance)
    {
        int n = xs[0].Length;
        var a = new double[n, n + 1];
        for (int i = 0; i < n; i++)
        {
            a[i, i] = Math.Pow(forgetting, xs.Length) / priorVariance;
        }

        for (int t = 0; t < xs.Length; t++)
        {
            double weight = Math.Pow(forgetting, xs.Length - 1 - t);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    a[i, j] += weight * xs[t][i] * xs[t][j];
                }

                a[i, n] += weight * xs[t][i] * ys[t];
            }
        }

        return Eliminate(a, n);
    }

    private static double[] Eliminate(double[,] a, int n)
    {
        for (int pivot = 0; pivot < n; pivot++)
        {
            for (int i = 0; i < n; i++)
            {
                double factor = i == pivot ? 0 : a[i, pivot] / a[pivot, pivot];
                for (int j = pivot; j <= n; j++)
                {
                    a[i, j] -= factor * a[pivot, j];
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => a[i, n] / a[i, i])];
    }
}
