// Series in a list.

import { h, row, table } from "./dom.js";
import { against, fullTime, percent, ratio, time, value } from "./format.js";

const odd = 0.99;
const words = {
  warm: "", live: "", cold: "warming up", "burn-in": "burning in", missing: "silent", restoring: "restoring",
};

export const address = id => `#/series/${encodeURIComponent(id)}`;

const heads = () => [
  "Series", "Last value", h("th", { scope: "col", class: "narrow-off" }, "At"), "Error / naive",
  h("th", { scope: "col", class: "narrow-off" }, "Oddness"),
];

/** A table of series. */
export const seriesTable = items => table(heads(), items.map(seriesRow));

function seriesRow(item) {
  const state = words[item.status] ?? item.status;
  const tone = against(item.errorRatio).tone;
  return row(
    [{ class: "wide" }, h("a", { href: address(item.id), title: item.id }, item.id),
      state && h("span", { class: "soft", title: item.reason ?? null }, `  ${state}`)],
    [{}, value(item.lastValue), item.unit && h("span", { class: "soft" }, ` ${item.unit}`)],
    [{ class: "soft narrow-off", title: fullTime(item.lastTime) }, time(item.lastTime)],
    [{ class: tone === "soft" ? "" : tone }, ratio(item.errorRatio)],
    [{ class: `narrow-off ${item.anomalyScore > odd ? "bad" : "soft"}` }, percent(item.anomalyScore)]);
}
