// The state of the deployment in a sentence or two.

import { against, count, duration, plural, sentence } from "./format.js";
import { h } from "./dom.js";

/** A headline and what stands below it. */
export function verdict(now) {
  const failed = now.lanes.filter(lane => lane.state === "failed");
  if (failed.length > 0) return say("A lane has failed", sentence(failed[0].reason), "bad");
  if (!now.ready) {
    const waiting = now.lanes.find(lane => lane.state !== "running");
    return say(waiting?.state === "restoring" ? "Restoring what it knew" : "Getting ready",
      sentence(waiting?.reason) || "Lanes are starting.", "warn");
  }
  if (now.seriesActive === 0) {
    return say("Waiting for the first records",
      `Nothing has come on the topic “${now.input}” yet. Send events there, and their forecasts appear on “${now.output}”.`);
  }
  const first = now.accuracy[0];
  const behind = now.lagRecords > Math.max(1000, 60 * now.recordsPerSecond);
  const works = `${plural(now.seriesActive, "series", "series")} of the topic “${now.input}”, forecast to “${now.output}”.`;
  const pace = behind
    ? ` ${count(now.lagRecords)} records wait${workOf(now)}.`
    : " Nothing waits for long.";
  if (!first) return say("Warming up", `${works} The first forecasts are not judged yet.`);
  const compared = against(first.errorRatio);
  return say(`Forecasts are ${compared.text}`, works + pace, compared.tone);
}

const say = (headline, text, tone = "") => [
  h("h1", { class: tone === "soft" || tone === "good" ? "" : tone }, headline), h("p", { class: "lead" }, text)];

const workOf = ({ lagRecords, recordsPerSecond }) =>
  recordsPerSecond > 0 ? `: ${duration(lagRecords / recordsPerSecond)} of work` : "";
