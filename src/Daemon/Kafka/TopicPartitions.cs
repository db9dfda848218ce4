namespace Streaming.Daemon.Kafka;

/// <summary>How many partitions the topics of a deployment had when the process started.</summary>
/// <param name="Input">Topic of the events.</param>
/// <param name="Forecast">Topic that is forecast from: the input, or the one through which it is repartitioned.</param>
/// <param name="Output">Topic of the forecasts.</param>
internal readonly record struct TopicPartitions(int Input, int Forecast, int Output);
