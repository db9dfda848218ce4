// Writes OTLP metrics as OpenTelemetry's own serializers for JavaScript do, in Protobuf and JSON, and what they mean.
const fs = require('fs');
const path = require('path');
const { ProtobufMetricsSerializer, JsonMetricsSerializer } = require('@opentelemetry/otlp-transformer');
const { AggregationTemporality, DataPointType } = require('@opentelemetry/sdk-metrics');
const { resourceFromAttributes } = require('@opentelemetry/resources');

const start = [1700000000, 0];
const end = [1700000060, 123456789];
const { DELTA, CUMULATIVE } = AggregationTemporality;
const { GAUGE, SUM, HISTOGRAM, EXPONENTIAL_HISTOGRAM } = DataPointType;

const point = (attributes, value) => ({ attributes, startTime: start, endTime: end, value });
const metric = (name, dataPointType, aggregationTemporality, dataPoints, isMonotonic) => ({
  descriptor: { name, description: 'a metric', unit: '1', valueType: 1 },
  dataPointType, aggregationTemporality, dataPoints, isMonotonic,
});
const histogram = { buckets: { boundaries: [1, 10], counts: [1, 2, 3] }, count: 6, sum: 40.5, min: 0.5, max: 20 };
const exponential = {
  count: 3, sum: 12.25, scale: 2, zeroCount: 1, positive: { offset: 1, bucketCounts: [1, 1] },
  negative: { offset: 0, bucketCounts: [] }, min: 0, max: 9,
};

const resourceMetrics = {
  resource: resourceFromAttributes({
    'service.name': 'shop', 'host.cpus': 4, 'share': 0.25, 'spot': true, 'tags': ['a', 'b'], 'größe': 'XL',
  }),
  scopeMetrics: [{
    scope: { name: 'meter', version: '1.0' },
    metrics: [
      metric('temperature', GAUGE, CUMULATIVE, [point({ room: 'hall' }, 20.5), point({ room: 'attic' }, -3)]),
      metric('requests', SUM, CUMULATIVE, [point({ code: 200 }, 1e6), point({ code: 500 }, 7)], true),
      metric('queue', SUM, CUMULATIVE, [point({}, 12)], false),
      metric('bytes', SUM, DELTA, [point({}, 1.5e9)], true),
      metric('latency', HISTOGRAM, DELTA, [point({ route: '/' }, histogram)]),
      metric('size', EXPONENTIAL_HISTOGRAM, CUMULATIVE, [point({}, exponential)]),
    ],
  }],
};

const own = (name, label, value, kind) => ({
  series: `${name}{${[label, 'größe=XL', 'host.cpus=4', 'service.name=shop', 'share=0.25', 'spot=true']
    .filter(Boolean).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join(',')}}`,
  timeNanos: '1700000060123456789', value, kind, startNanos: kind === 'Gauge' ? '0' : '1700000000000000000',
});
const expected = [
  own('temperature', 'room=hall', 20.5, 'Gauge'), own('temperature', 'room=attic', -3, 'Gauge'),
  own('requests', 'code=200', 1e6, 'Counter'), own('requests', 'code=500', 7, 'Counter'),
  own('queue', '', 12, 'Gauge'), own('bytes', '', 1.5e9, 'Delta'),
  own('latency_count', 'route=/', 6, 'Delta'), own('latency_sum', 'route=/', 40.5, 'Delta'),
  own('size_count', '', 3, 'Counter'), own('size_sum', '', 12.25, 'Counter'),
];

const write = (name, data) => fs.writeFileSync(path.join(__dirname, name), data);
write('otlp_metrics.pb', ProtobufMetricsSerializer.serializeRequest(resourceMetrics));
write('otlp_metrics.json', JsonMetricsSerializer.serializeRequest(resourceMetrics));
write('otlp_metrics_expected.json', JSON.stringify(expected, null, 1) + '\n');
