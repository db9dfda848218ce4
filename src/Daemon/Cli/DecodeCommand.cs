using System.CommandLine;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Cli;

/// <summary>forecaster decode: shows what the daemon would read out of records.</summary>
internal static class DecodeCommand
{
    private const string StandardInput = "-";

    /// <summary>Formats whose records have no newlines as their producers write them.</summary>
    private static readonly InputFormat[] OfLines =
    [
        InputFormat.Auto, InputFormat.Json, InputFormat.Influx, InputFormat.TelegrafJson, InputFormat.Prometheus,
        InputFormat.Vector, InputFormat.Debezium, InputFormat.OtlpJson,
        InputFormat.CloudEvents, InputFormat.Csv,
    ];

    public static Command Create()
    {
        Option<string?> config = ConfigurationInput.Option();
        var file = new Argument<string>("FILE")
        {
            Description = "File of records, one a line; - for standard input.",
            DefaultValueFactory = _ => StandardInput,
        };
        var format = new Option<string?>("--format", "-f")
        {
            Description = $"Input:Format: {string.Join(", ", OptionNames.All(typeof(InputFormat)))}.",
            HelpName = "F",
        };
        format.CompletionSources.Add([.. OptionNames.All(typeof(InputFormat))]);
        var whole = new Option<bool>("--whole", "-w")
        {
            Description = "Take all of the file as one record, such as JSON with line breaks or a batch of lines.",
        };
        var key = new Option<string?>("--key", "-k")
        {
            Description = "Kafka key of all records, where Input:SeriesPath is kafka.key.",
        };
        var header = new Option<string[]>("--header", "-H")
        {
            Description = "Kafka header of all records, NAME=VALUE, such as ce_source=/plant/4; may be repeated.",
            HelpName = "NAME=VALUE",
        };
        header.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => !IsHeader(token.Value)) is { } wrong)
            {
                result.AddError($"Header '{wrong.Value}' must be NAME=VALUE.");
            }
        });
        var command = new Command(
            "decode",
            """
            Show what the daemon would read out of records, without touching Kafka.

            Prints an observation a line as JSON: {"series":…,"time":…,"values":[…]}, and "kind" and "unit" where the
            producer tells them. A record that would go to the dead letters gives one line on stderr with the reason and what to
            do, and exit code 2. Records take the current time for their Kafka timestamp. Binary formats have one record
            a file.

            Example: is this what Telegraf sends?
              echo 'cpu,host=a usage_idle=91.2 1700000000000000000' | forecaster decode
            """)
        {
            file, format, whole, key, header, config,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(file)!, parsed.GetValue(format), parsed.GetValue(whole),
            new(parsed.GetValue(key), parsed.GetValue(header) ?? []), parsed.GetValue(config),
            parsed.InvocationConfiguration));
        return command;
    }

    private static bool IsHeader(string text) => text.IndexOf('=', StringComparison.Ordinal) > 0 && text.Length < 1_024;

    private static int Run(
        string file, string? format, bool isWhole, DecodeSetting setting, string? config, InvocationConfiguration io)
    {
        if (Options(format, config, io.Error) is not { } options)
        {
            return ExitCodes.Configuration;
        }

        try
        {
            using Stream stream = file == StandardInput ? Console.OpenStandardInput() : File.OpenRead(file);
            var report = new DecodeReport(io.Output, io.Error);
            Decode(new(stream), isWhole || !OfLines.Contains(options.Format), setting, new(options), report);
            if (options.Format == InputFormat.Auto)
            {
                report.PrintFormats();
            }

            return report.Refused == 0 ? ExitCodes.Ok : ExitCodes.Configuration;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            io.Error.WriteLine(OneLine.Of($"{file}: {e.Message}"));
            return ExitCodes.Failure;
        }
    }

    private static void Decode(
        RecordLines lines, bool isWhole, DecodeSetting setting, RecordDecoder decoder, DecodeReport report)
    {
        if (isWhole)
        {
            report.Add("record", decoder, decoder.Decode(setting.Record(lines.ReadAll())));
            return;
        }

        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (!line.IsEmpty)
            {
                RejectReason reason = decoder.Decode(setting.Record(line));
                report.Add($"line {lines.Number}", decoder, reason);
            }
        }
    }

    /// <summary>The input's settings; null, and lines on stderr, where they are wrong. Nothing else is asked for.
    /// </summary>
    private static InputOptions? Options(string? format, string? config, TextWriter error)
    {
        ConfigurationResult result = ConfigurationLoader.Load(new()
        {
            ConfigFile = config,
            Overrides = format is null ? [] : new Dictionary<string, string?> { ["Input:Format"] = format },
            Adjust = options => new()
            {
                Input = options.Input,
                Output = options.Output,
                Kafka = new() { BootstrapServers = "not-needed:0" },
            },
        });
        ConfigurationInput.Print(result, error);
        return result.Options?.Input;
    }
}
