"""Sends lines of key TAB value from stdin to a topic: produce.py BROKERS TOPIC."""
import sys

from kafka import KafkaProducer

producer = KafkaProducer(bootstrap_servers=sys.argv[1], acks="all")
sent = []
for line in sys.stdin.buffer:
    key, value = line.rstrip(b"\n").split(b"\t", 1)
    sent.append(producer.send(sys.argv[2], key=key, value=value))
producer.flush()
for future in sent:
    future.get(timeout=60)
producer.close()
