"""Prints a number of messages of a topic, one JSON object a line: consume.py BROKERS TOPIC COUNT."""
import json
import sys

from kafka import KafkaConsumer, TopicPartition

consumer = KafkaConsumer(bootstrap_servers=sys.argv[1], enable_auto_commit=False, consumer_timeout_ms=60000)
partitions = [TopicPartition(sys.argv[2], p) for p in sorted(consumer.partitions_for_topic(sys.argv[2]))]
consumer.assign(partitions)
consumer.seek_to_beginning()
left = int(sys.argv[3])
for message in consumer:
    print(json.dumps({
        "partition": message.partition,
        "offset": message.offset,
        "key": message.key.decode(),
        "value": message.value.decode(),
        "headers": {name: value.decode() for name, value in message.headers},
    }))
    left -= 1
    if left == 0:
        break
consumer.close()
