using System.CommandLine;

namespace Streaming.Daemon.Cli;

/// <summary>forecaster completion: scripts that have a shell complete the command line.</summary>
/// <remarks>The words come from the parser itself, by its [suggest] directive: a script is never out of date. Where it knows
/// none, as for files, the shell completes by itself.</remarks>
internal static class CompletionCommand
{
    private const string Bash =
        """
        _forecaster() {
            local line="${COMP_LINE:0:COMP_POINT}" IFS=$'\n'
            line="${line#* }"
            COMPREPLY=($("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null | grep -E '^(--|-[a-zA-Z]|[a-zA-Z0-9])'))
        }
        complete -o default -F _forecaster forecaster
        """;

    private const string Zsh =
        """
        #compdef forecaster
        _forecaster() {
            local line="${LBUFFER#* }"
            local -a found
            found=("${(@f)$(${words[1]} "[suggest:${#line}]" "$line" 2>/dev/null | grep -E '^(--|-[a-zA-Z]|[a-zA-Z0-9])')}")
            if [[ -n "${found[*]}" ]]; then compadd -- "${found[@]}"; else _files; fi
        }
        compdef _forecaster forecaster
        """;

    private const string Fish =
        """
        function __forecaster_complete
            set -l words (commandline -cp | string split -m 1 ' ')
            $words[1] "[suggest:"(string length -- "$words[2]")"]" "$words[2]" 2>/dev/null | string match -r '^(?:--|-[a-zA-Z]|[a-zA-Z0-9]).*'
        end
        complete -c forecaster -a '(__forecaster_complete)'
        """;

    private static readonly (string Shell, string Script)[] shells = [("bash", Bash), ("zsh", Zsh), ("fish", Fish)];

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong([.. shells.Select(one => one.Shell)]);
        var command = new Command(
            "completion",
            """
            Print a script that has a shell complete the commands, options and values of forecaster.

            The words come from the executable itself, so the script need not be made anew for another version.

            Examples: for this shell; for each new one
              eval "$(forecaster completion bash)"
              forecaster completion bash > ~/.local/share/bash-completion/completions/forecaster
              forecaster completion zsh > ~/.zfunc/_forecaster
              forecaster completion fish > ~/.config/fish/completions/forecaster.fish
            """)
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(shell);
            parsed.InvocationConfiguration.Output.WriteLine(Array.Find(shells, one => one.Shell == name).Script);
            return ExitCodes.Ok;
        });
        return command;
    }
}
