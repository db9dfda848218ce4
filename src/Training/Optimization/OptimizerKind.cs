namespace Streaming.Training.Optimization;

/// <summary>How an update follows from gradients.</summary>
public enum OptimizerKind
{
    /// <summary>Step along the mean gradient over its spread. Source: Kingma and Ba 2015.</summary>
    Adam,

    /// <summary>Adam with weights that shrink by themselves. Source: Loshchilov and Hutter 2019.</summary>
    AdamW,

    /// <summary>Step along the gradient over its spread. Source: Hinton 2012.</summary>
    RmsProp,

    /// <summary>Step along the gradient with momentum. Source: Polyak 1964.</summary>
    Sgd,
}
