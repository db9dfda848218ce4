using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>forecaster reset: a deployment begins anew under its own name.</summary>
internal static class ResetCommand
{
    public static Command Create()
    {
        Option<string?> config = ConfigurationInput.Option();
        var models = new Option<bool>("--models")
        {
            Description = "Drop the versions of the network, too: the next start begins with Model:File, or what ships.",
        };
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Only show what it would drop." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Don't ask." };
        JsonOption json = JsonOption.Of<ResetReport>();
        var command = new Command(
            "reset",
            """
            Drop what a deployment keeps: the state of all series, the consumer groups with their offsets and notes, and
            what waits in the repartition topic. It then begins anew, as Input:Start and Output:Emit say.

            Stop every instance first: while the groups have members, nothing is changed. Shows what it drops and where
            the new start lies, and asks. Input, forecasts and dead letters stay. A reset that was interrupted is brought to
            its end by a second one.

            Example: what would it drop?
              forecaster reset --config forecaster.json --dry-run
            """)
        {
            config, models, dryRun, yes, json,
        };
        command.SetAction((parsed, stop) => KafkaCommand.RunAsync(
            parsed.GetValue(config),
            (options, token) => Run(
                options, new(parsed.GetValue(models), parsed.GetValue(dryRun), parsed.GetValue(yes), parsed.GetValue(json)),
                parsed.InvocationConfiguration, token),
            parsed.InvocationConfiguration, stop));
        return command;
    }

    private static int Run(
        ForecasterOptions options, ResetRequest request, InvocationConfiguration io, CancellationToken stop)
    {
        using var admin = new ClusterAdmin(options.Kafka, NullLogger.Instance, KafkaCommand.Patience);
        var planner = new ResetPlanner(options, admin, TimeProvider.System);
        ResetPlan plan = planner.Plan(request.DropsModels, stop);
        if (!request.AsJson)
        {
            new ResetTables(new(io.Output)).Print(plan);
        }

        if (ResetRun.Obstacle(plan.Groups) is { } obstacle)
        {
            Tell(plan, isDone: false, request, io);
            io.Error.WriteLine(OneLine.Of($"forecaster: {obstacle}"));
            return ExitCodes.Failure;
        }

        if (request.IsDryRun)
        {
            Tell(plan, isDone: false, request, io);
            return ExitCodes.Ok;
        }

        if (!request.IsConfirmed && !IsConfirmed(plan, request.AsJson ? io.Error : io.Output))
        {
            Tell(plan, isDone: false, request, io);
            io.Error.WriteLine("forecaster: nothing was changed");
            return ExitCodes.Failure;
        }

        var writer = new NullWriter(options, reason => io.Error.WriteLine(OneLine.Of($"Waiting: {reason}")), stop);
        new ResetRun(admin, planner.Ends, writer.Write).Execute(plan);
        Tell(plan, isDone: true, request, io);
        return ExitCodes.Ok;
    }

    private static void Tell(ResetPlan plan, bool isDone, ResetRequest request, InvocationConfiguration io)
    {
        if (request.AsJson)
        {
            JsonOption.Write(ResetReport.Of(plan, isDone), io.Output);
        }
        else if (isDone)
        {
            io.Output.WriteLine($"Application '{plan.Application}' is reset.");
        }
    }

    private static bool IsConfirmed(ResetPlan plan, TextWriter output)
    {
        output.WriteLine();
        output.Write($"Type the application's name, {plan.Application}, to drop all this: ");
        return Console.In.ReadLine()?.Trim() == plan.Application;
    }

    private sealed record ResetRequest(bool DropsModels, bool IsDryRun, bool IsConfirmed, bool AsJson);
}
