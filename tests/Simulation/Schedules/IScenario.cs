using Simulation.Log;

namespace Simulation.Schedules;

/// <summary>What schedules run: topics, input, processes, and how to read what they wrote.</summary>
/// <remarks>One for each worker, reused; nothing in it may outlive a schedule.</remarks>
internal interface IScenario
{
    string InputTopic { get; }

    /// <summary>One partition for each of the input; in each, committed outputs must be the reference's, in its
    /// order.</summary>
    string OutputTopic { get; }

    /// <summary>Committed records must be the reference's, in any order.</summary>
    string DeadLetterTopic { get; }

    string StateTopic { get; }

    /// <summary>One partition.</summary>
    string ModelsTopic { get; }

    /// <summary>Forgets the schedule before; what follows is a function of this number.</summary>
    void Reset(ulong seed);

    /// <summary>Appends the next record of a partition's input.</summary>
    /// <param name="input">The partition's log.</param>
    /// <param name="producer">Producer whose transaction it joins; null for none.</param>
    void WriteInput(PartitionLog input, int? producer);

    /// <summary>Publishes a version, numbered from 1.</summary>
    void WriteVersion(PartitionLog models, int version);

    IProcess Start(ProcessStart start);

    /// <summary>Adds the adoptions that a partition's committed markers tell of, without repetition, by
    /// offset.</summary>
    void ReadAdoptions(PartitionLog state, List<Adoption> adoptions);

    /// <summary>Writes the marker of a partition that begins at its log's start, with all adoptions ahead.</summary>
    void WriteStart(PartitionLog state, IReadOnlyList<Adoption> adoptions);

    /// <summary>The low-water offset of the newest committed marker; 0 without one.</summary>
    long LowWater(PartitionLog state);

    /// <summary>Whether a record of the state topic must be as in the reference run in the end.</summary>
    bool IsState(ReadOnlySpan<byte> key);

    /// <summary>What of such a record must be so.</summary>
    ulong ContentOf(int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>What tells an output from others, whatever numbers are in it.</summary>
    ulong IdentityOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>An output in words, for a trace.</summary>
    string Describe(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);
}
