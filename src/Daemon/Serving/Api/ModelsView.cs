namespace Streaming.Daemon.Serving.Api;

/// <summary>Body of /api/v1/models.</summary>
/// <param name="InForce">Name of the version in force in this process; null before there is one.</param>
/// <param name="Pinned">Whether Training:Pin holds it.</param>
/// <param name="Previous">The version that the champion displaced, which a rollback puts back; null: none.</param>
/// <param name="Versions">Versions that the models topic keeps, newest first.</param>
/// <param name="Training">What training has done in this process.</param>
internal sealed record ModelsView(
    string? InForce, bool Pinned, string? Previous, IReadOnlyList<VersionView> Versions, TrainingView Training);

/// <summary>A version that is kept.</summary>
/// <param name="Name">Its name: "lstm@17".</param>
/// <param name="Id">Its number.</param>
/// <param name="IsChampion">Whether it is in force in the deployment.</param>
/// <param name="Time">When it was published.</param>
/// <param name="Base">The version that it was trained on from; null where it was given.</param>
/// <param name="Why">Where it comes from, in a few words.</param>
/// <param name="Bytes">Bytes of its weights.</param>
/// <param name="Hash">XXH3 of these bytes.</param>
internal sealed record VersionView(
    string Name, int Id, bool IsChampion, DateTimeOffset Time, string? Base, string Why, long Bytes, string Hash);
