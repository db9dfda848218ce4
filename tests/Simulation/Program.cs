using Simulation;

return SimulationCommand.Run(args, Console.Out);
