using Streaming.Daemon.Cli;

return await ForecasterCommand.RunAsync(args);
