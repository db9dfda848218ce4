using Streaming.Inference.Model;

namespace Streaming.Daemon.Models;

/// <summary>Weights that are to become a version.</summary>
/// <param name="Parameters">The weights, all finite.</param>
/// <param name="Form">What they are weights of.</param>
/// <param name="Base">Id of the version that they were trained on from; 0 where they were given.</param>
/// <param name="Why">Where they come from, in a few words.</param>
internal sealed record NewVersion(ModelParameters Parameters, NetworkForm Form, int Base, string Why);
