using System.Collections;
using System.Text.RegularExpressions;
using k8s.Models;

namespace Chart.Tests;

/// <summary>The variables of a container as a kubelet sets them: <c>$(NAME)</c> stands for a variable further up.</summary>
internal static partial class KubeletEnvironment
{
    /// <exception cref="KeyNotFoundException">A reference to a variable that is not further up.</exception>
    public static Hashtable Of(V1Container container, string podName)
    {
        var values = new Dictionary<string, string>();
        foreach (V1EnvVar variable in container.Env)
        {
            values[variable.Name] = variable.ValueFrom?.FieldRef?.FieldPath == "metadata.name"
                ? podName
                : Reference().Replace(variable.Value, match => values[match.Groups[1].Value]);
        }

        return new Hashtable(values);
    }

    [GeneratedRegex(@"\$\(([^)]+)\)")]
    private static partial Regex Reference();
}
