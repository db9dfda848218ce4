// Sends messages from stdin, one JSON object {key, value, headers} a line, to a topic: produce.cjs BROKERS TOPIC.
'use strict';
const { readFileSync } = require('fs');
const { Kafka, logLevel } = require('kafkajs');

async function main(brokers, topic) {
  const lines = readFileSync(0, 'utf8').split('\n').filter((line) => line.length > 0);
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.ERROR });
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, acks: -1, messages: lines.map((line) => JSON.parse(line)) });
  await producer.disconnect();
}

main(...process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
