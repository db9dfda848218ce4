using System.Globalization;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Models;

/// <summary>What fixes how a network is fed and what its outputs mean: weights of one form stand in for each
/// other.</summary>
/// <param name="Inputs">Width of its input, I.</param>
/// <param name="Hidden">Units of a layer, H.</param>
/// <param name="Layers">Layers, L.</param>
/// <param name="SkipInputs">Width of its skip, S.</param>
/// <param name="Outputs">Outputs, K.</param>
/// <param name="Horizons">Steps ahead, ascending, K of them: "1,6,24".</param>
/// <param name="Lags">Past values at the front of the skip.</param>
/// <param name="Features">Names of the inputs, in order, I of them, with commas between.</param>
/// <param name="Scaling">Name of what values are scaled by.</param>
internal sealed record NetworkForm(
    int Inputs, int Hidden, int Layers, int SkipInputs, int Outputs, string Horizons, int Lags, string Features,
    string Scaling)
{
    /// <summary>The form that a deployment asks for.</summary>
    public static NetworkForm Of(ModelShape shape, ForecasterSettings settings) => Of(
        shape, settings.Horizons, settings.LagSteps, settings.Features.Names, Scalings.NameOf(settings.Scaling));

    /// <summary>The form of a network that was stored with a description.</summary>
    public static NetworkForm Of(ModelShape shape, ModelDescription description) => Of(
        shape, description.Horizons, description.LagSteps, description.Features, description.Scaler);

    /// <summary>The sizes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no network of these.</exception>
    public ModelShape ToShape() => new(Inputs, Hidden, Layers, SkipInputs, Outputs);

    /// <summary>In what another form differs, in the words of the options: "Model:Hidden 64, not 32".</summary>
    /// <param name="asked">The form asked for.</param>
    public string DifferencesTo(NetworkForm asked) => string.Join("; ", new[]
    {
        Difference("Hidden", Text(Hidden), Text(asked.Hidden)),
        Difference("Layers", Text(Layers), Text(asked.Layers)),
        Difference("Horizons", Horizons, asked.Horizons),
        Difference("LagSteps", Text(Lags), Text(asked.Lags)),
        Difference("Features", Features, asked.Features),
        Difference("Scaling", Scaling, asked.Scaling),
    }.OfType<string>());

    private static NetworkForm Of(
        ModelShape shape, IEnumerable<int> horizons, int lags, IEnumerable<string> features, string scaling) => new(
        shape.Inputs, shape.Hidden, shape.Layers, shape.SkipInputs, shape.Outputs,
        string.Join(',', horizons.Select(Text)), lags, string.Join(',', features), scaling);

    private static string? Difference(string option, string has, string asked) =>
        has == asked ? null : $"Model:{option} {has}, not {asked}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
