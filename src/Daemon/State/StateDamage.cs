namespace Streaming.Daemon.State;

/// <summary>What is wrong with a record of the state topic.</summary>
internal enum StateDamage
{
    None,

    /// <summary>Its checksum is not that of its key, partition and bytes: it was damaged, cut or swapped.</summary>
    Checksum,

    /// <summary>It is whole, but of a form that this version does not know.</summary>
    UnknownVersion,

    /// <summary>It is whole and of a known form, but its content makes no sense here.</summary>
    Content,

    /// <summary>It is whole, but was written under a profile of another form: the rules of its series have changed.
    /// </summary>
    OtherForm,
}
