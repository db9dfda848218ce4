// Validates manifests by the schemas of the Kubernetes API and of the operators whose resources the chart uses.
// Reads a JSON array of manifests from stdin, prints one line an error. Packages are looked for along NODE_PATH.
"use strict";

const fs = require("fs");
const path = require("path");
const { pathToFileURL } = require("url");

const operators = {
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
  "keda.sh": "@kubernetes-models/keda",
};

// Some of the packages are modules that only import() loads, and that knows nothing of NODE_PATH.
function fileOf(name) {
  const folders = (process.env.NODE_PATH ?? "").split(path.delimiter);
  const found = folders.map((folder) => path.join(folder, name)).find(fs.existsSync);
  if (!found) {
    throw new Error(`no schema: ${name}`);
  }
  return pathToFileURL(found);
}

async function modelOf(manifest) {
  const models = operators[manifest.apiVersion.split("/")[0]] ?? "kubernetes-models";
  const exports = await import(fileOf(`${models}/${manifest.apiVersion}/${manifest.kind}.js`));
  return exports[manifest.kind] ?? exports.default[manifest.kind];
}

async function main() {
  for (const manifest of JSON.parse(fs.readFileSync(0, "utf8"))) {
    try {
      new (await modelOf(manifest))(manifest).validate();
    } catch (error) {
      console.log(`${manifest.kind}/${manifest.metadata?.name}: ${error.message}`);
    }
  }
}

main();
