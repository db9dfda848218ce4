// Writes the same reading as avsc and protobufjs encode it, framed as Confluent's serializers do.
const fs = require('fs');
const path = require('path');
const avsc = require('avsc');
const protobuf = require('protobufjs');

const at = new Date('2024-01-31T23:59:42.125Z');
const place = name => path.join(__dirname, name);

class Plain extends avsc.types.LogicalType {
  _fromValue(value) { return value; }
  _toValue(value) { return value instanceof Date ? value.getTime() : value; }
}
const schema = avsc.Type.forSchema(JSON.parse(fs.readFileSync(place('reading.avsc'))), {
  wrapUnions: true, logicalTypes: { 'timestamp-millis': Plain },
});
const avro = schema.toBuffer({
  meta: { tags: { site: 'north', line: '4' }, sensor: { string: 'pump/ö' } }, history: [1.5, -2, 3e38],
  status: 'BAD', serial: Buffer.from('abc'), at, price: Buffer.from([0xff, 0x38]), temp: { double: 20.5 },
});
fs.writeFileSync(place('reading_avro.bin'), Buffer.concat([Buffer.from([0, 0, 0, 1, 2]), avro]));

const root = new protobuf.Root();
root.resolvePath = (origin, target) => (target.startsWith('google/') || path.isAbsolute(target) ? target : place(target));
const Reading = root.loadSync(place('reading.proto')).lookupType('plant.Reading');
const reading = Reading.encode(Reading.create({
  history: [1.5, -2], meta: { tags: { site: 'north' }, sensor: 'pump/ö' }, temp: 20.5, count: 7,
  at: { seconds: Math.floor(at / 1000), nanos: 125000000 },
})).finish();
fs.writeFileSync(place('reading_proto.bin'), Buffer.concat([Buffer.from([0, 0, 0, 1, 2, 2, 2]), reading]));
