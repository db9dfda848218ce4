// Writes Kafka messages of one event as the CloudEvents SDK for JavaScript makes them, in both modes.
const fs = require('fs');
const path = require('path');
const { CloudEvent, Kafka } = require('cloudevents');

const event = (extra) => new CloudEvent({
  id: '1', type: 'plant.reading', source: '/plant/north', subject: 'pump/ö', time: '2024-01-31T23:59:42.125Z',
  datacontenttype: 'application/json', ...extra,
});
const data = { sensor: { id: 'pump-4' }, value: 20.5 };
const messages = {
  structured: Kafka.structured(event({ data })),
  binary: Kafka.binary(event({ data })),
  base64: Kafka.structured(event({ data: undefined, data_base64: Buffer.from(JSON.stringify(data)).toString('base64') })),
};
const out = Object.entries(messages).map(([mode, message]) => ({
  mode, headers: message.headers,
  value: typeof message.value === 'string' ? message.value : JSON.stringify(message.value),
}));
fs.writeFileSync(path.join(__dirname, 'cloudevents.json'), JSON.stringify(out, null, 1) + '\n');
