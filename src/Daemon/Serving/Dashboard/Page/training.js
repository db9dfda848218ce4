// How the model learns: which version is in force, what the last runs came to, and why versions changed.

import { get, poll } from "./api.js";
import { Chart, line, palette } from "./charts.js";
import { fill, h, row, section, table } from "./dom.js";
import { showError } from "./errors.js";
import { ago, count, duration, fullTime, percent, plural } from "./format.js";

const tones = { promoted: "good", "rolled-back": "bad", failed: "bad" };
const outcomes = {
  promoted: version => [version, " went live. "],
  dropped: version => ["Challenger dropped", `, ${version} stays. `],
  shadowed: version => ["Challenger did better", `, but only in the shadow: ${version} stays. `],
  "rolled-back": version => ["Rolled back", ` to ${version}. `],
  failed: version => ["A run failed", `, ${version} stays. `],
};
const modes = {
  on: "Fine-tuning runs in the background. A better version goes live by itself, and is taken back if it disappoints.",
  shadow: "Fine-tuning runs and is judged, but never changes the version in force (Training:Mode is shadow).",
  off: "Fine-tuning is off (Training:Mode is off): the version in force stays.",
};

/** Shows training. @returns a function that ends it. */
export function showTraining(view) {
  let models = null;
  const lead = h("div", {}, h("h1", {}, "Training"));
  const losses = h("div", { class: "chart" });
  const noLoss = h("p", { class: "empty" });
  const runs = h("div");
  const decisions = h("div");
  const versions = h("div");
  view.replaceChildren(lead,
    section("Loss of the last runs", "Each line is one run, the latest strongest. Falling is learning; flat means that "
      + "little is left to learn.", losses, noLoss),
    section("Runs", "", runs),
    section("Decisions", "A challenger must do better than the version in force on steps that came after it was trained.",
      decisions),
    section("Versions kept", "Any of them can be put in force again: by Training:Pin, or through the API.", versions));
  const chart = new Chart(losses, "Training loss of the last runs", () => drawLosses(models?.training.lastRuns ?? []));
  const stop = poll(3000, async signal => {
    models = await get("models", {}, signal);
    const { mode, isTrainer, lastRuns, decisions: decided } = models.training;
    fill(lead, h("h1", {}, models.inForce ? `${models.inForce} is in force` : "Training"),
      h("p", { class: "lead" }, modes[mode] ?? "", models.pinned && " Training:Pin holds this version."));
    fill(runs, runTable(lastRuns));
    fill(decisions, story(decided));
    fill(versions, versionTable(models.versions, models.inForce));
    const hasLosses = lastRuns.some(run => run.losses.length > 1);
    losses.hidden = !hasLosses;
    fill(noLoss, hasLosses ? "" : isTrainer ? "No run has ended yet: it takes enough new steps first."
      : "This instance does not train: the one that holds partition 0 of the forecast topic does.");
    noLoss.hidden = hasLosses;
    chart.update();
  }, error => showError(lead, error));
  return () => {
    stop();
    chart.close();
  };
}

function drawLosses(runs) {
  const shown = runs.filter(run => run.losses.length > 1).slice(0, 6).reverse();
  return {
    traces: shown.map((run, at) => line(run.result, run.losses.map((_, n) => n + 1), smooth(run.losses), palette[0],
      { opacity: 0.15 + (0.85 * (at + 1)) / shown.length, line: { width: at === shown.length - 1 ? 2 : 1.2 } })),
    layout: {
      xaxis: { title: { text: "update", font: { size: 12 } } }, yaxis: { rangemode: "tozero" }, hovermode: "closest",
    },
  };
}

/** Each update learns from another batch, so single losses jump: means of an eighth of the run show where it goes. */
function smooth(losses) {
  const reach = Math.max(1, Math.floor(losses.length / 16));
  return losses.map((_, at) => {
    const some = losses.slice(Math.max(0, at - reach), at + reach + 1);
    return some.reduce((a, b) => a + b, 0) / some.length;
  });
}

function runTable(runs) {
  if (runs.length === 0) return h("p", { class: "empty" }, "None yet.");
  return table(["Ended", "Result", "Took", "Updates", "Loss"], runs.slice(0, 12).map(run => row(
    [{ title: fullTime(run.time) }, ago(run.time)], [{ class: tones[run.result] }, run.result], duration(run.seconds),
    count(run.updates), lossOf(run))));
}

/** Smoothed loss at the begin and at the end of a run. */
function lossOf({ losses }) {
  if (losses.length === 0) return "–";
  const curve = smooth(losses);
  return `${curve[0].toPrecision(3)} → ${curve.at(-1).toPrecision(3)}`;
}

function story(decisions) {
  if (decisions.length === 0) {
    return h("p", { class: "empty" }, "Nothing was decided yet: a challenger is judged once enough new steps have come.");
  }

  return h("ol", { class: "story" }, decisions.slice(0, 20).map(decision => {
    const [head, text] = outcomes[decision.result]?.(decision.version) ?? [decision.result, `: ${decision.version}. `];
    return h("li", {}, h("span", { class: "soft", title: fullTime(decision.time) }, ago(decision.time)),
      h("span", {}, h("b", { class: tones[decision.result] }, head), text,
        h("span", { class: "soft" }, figuresOf(decision) || decision.reason)));
  }));
}

/** The challenger against the version in force, on the blocks of steps that judged it. */
function figuresOf({ championLoss, rivalLoss, gain, blocks }) {
  if (!Number.isFinite(gain)) return "";
  return `Loss ${rivalLoss.toPrecision(3)} against ${championLoss.toPrecision(3)} of the version in force, over `
    + `${plural(blocks, "block")} of later steps: ${percent(Math.abs(gain), 1)} ${gain >= 0 ? "better" : "worse"}.`;
}

function versionTable(versions, inForce) {
  if (versions.length === 0) return h("p", { class: "empty" }, "Only the one in force, which came with the start.");
  return table(["Version", "Given", "Made from", "Why"], versions.map(version => row(
    [{}, version.name, version.name === inForce && h("span", { class: "good" }, "  in force")],
    [{ title: fullTime(version.time) }, ago(version.time)], version.base ?? "–", [{ class: "soft" }, version.why ?? "–"])));
}
