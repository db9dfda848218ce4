// How the deployment is: one sentence, six figures, and what moves.

import { get, poll } from "./api.js";
import { Chart, colour, level, line } from "./charts.js";
import { fill, h, section } from "./dom.js";
import { showError } from "./errors.js";
import { against, count, duration, percent, plural, rate, ratio } from "./format.js";
import { legend } from "./legend.js";
import { showPartitions } from "./partitions.js";
import { seriesTable } from "./series-row.js";
import { spotlight } from "./spotlight.js";
import { verdict } from "./verdict.js";
import { weightBars } from "./weights.js";

const oneLine = { l: 48, r: 6, t: 8, b: 28 }; // margins of a chart whose times fit one line

/** Shows the overview. @returns a function that ends it. */
export function showOverview(view, history) {
  const lead = h("div", { "aria-live": "off" }, h("h1", {}, "Looking …"));
  const figures = h("div", { class: "figures" });
  const flow = h("div", { class: "chart", id: "flow" });
  const waiting = h("div", { class: "chart", id: "waiting" });
  const errors = h("div", { class: "chart", id: "errors" });
  const unsettled = h("p", { class: "empty" }, "Not known before the first forecasts are settled.");
  const experts = h("div");
  const partitions = h("div");
  const worst = h("div", {}, h("p", { class: "empty" }, "Loading …"));
  const example = spotlight();
  view.replaceChildren(lead, figures, example.element,
    h("div", { class: "pair" },
      section("Throughput", "Records read and forecasts published a second, since you opened this page.", flow,
        legend(["c0", "forecasts"], ["c8", "records"])),
      section("Waiting", "Records that have come and are not forecast yet. Flat is good; rising for minutes is not.",
        waiting)),
    h("div", { class: "pair" },
      section("Error against naive",
        "Naive repeats the last season. Below the line at 1 is better than that; lower is better.", errors, unsettled),
      section("Who is listened to",
        "Each forecast mixes several methods; those that did well lately weigh more.", experts)),
    section("Partitions", "Each square is a partition of the input; lanes are the threads that work on them. "
      + "All live is good; restoring passes; stopped needs you.", partitions),
    section("Worst series first", "Those whose forecasts do least better than naive, or worse.", worst,
      h("p", { class: "more" }, h("a", { href: "#/series" }, "All series"))));

  let status = null;
  const flowChart = new Chart(flow, "Records and forecasts a second over the last minutes", () => drawFlow(history));
  const lagChart = new Chart(waiting, "Records that wait, over the last minutes", () => drawLag(history));
  const errorChart = new Chart(errors, "Error against naive by horizon", () => drawErrors(status?.accuracy ?? []));
  const charts = [flowChart, lagChart, errorChart];
  const stops = [
    example.stop,
    history.follow(now => {
      status = now;
      fill(lead, ...verdict(now));
      fill(figures, ...figuresOf(now));
      fill(experts, weightBars(now.experts));
      unsettled.hidden = now.accuracy.length > 0;
      errors.hidden = !unsettled.hidden;
      charts.forEach(chart => chart.update());
    }),
    poll(2000, async signal => fill(partitions, ...showPartitions(await get("tasks", {}, signal), status?.lanes ?? [])),
      error => showError(partitions, error)),
    poll(3000, async signal => showWorst(worst, await get("series", { sort: "worst", size: 5 }, signal)),
      error => showError(worst, error)),
  ];
  return () => {
    stops.forEach(stop => stop());
    charts.forEach(chart => chart.close());
  };
}

function figuresOf(now) {
  const first = now.accuracy?.[0];
  const compared = against(first?.errorRatio);
  const coverageTone = now.coverage > 0.83 && now.coverage < 0.97 ? "" : "warn";
  return [
    figure("Forecasts a second", rate(now.forecastsPerSecond), `${rate(now.recordsPerSecond)} records read`),
    figure("Waiting", count(now.lagRecords), behind(now)),
    figure("Error / naive", ratio(first?.errorRatio),
      first ? `${compared.text}, ${plural(first.horizon, "step")} ahead` : compared.text, compared.tone),
    figure("Within the interval", percent(now.coverage), "of recent values; 90% is meant", coverageTone),
    figure("Series", count(now.seriesActive), warmth(now)),
    figure("Model in force", now.model?.name ?? "–", now.model?.source ?? "", "", "long"),
  ];
}

/** How old the newest event is, unless the log is a replay of long ago. */
function behind({ eventTimeLagSeconds }) {
  const isLive = eventTimeLagSeconds !== null && eventTimeLagSeconds < 30 * 86400;
  return isLive ? `records; the newest event is ${duration(eventTimeLagSeconds)} old` : "records";
}

function warmth({ seriesActive, seriesCold }) {
  if (seriesActive === 0) return "none yet";
  return seriesCold > 0 ? `${count(seriesCold)} still warming up` : "all warm";
}

const figure = (name, number, note, tone = "", kind = "") => h("div", { class: "figure" },
  h("span", {}, name), h("b", { class: kind, title: kind ? number : null }, number), h("span", { class: tone }, note));

/** Times of the history, and an axis that moves with them. */
function moving(history) {
  const now = Date.now();
  const from = Math.min(history.points[0]?.time ?? now, now - 20e3);
  return {
    times: history.points.map(point => new Date(point.time)),
    xaxis: { type: "date", range: [new Date(from), new Date(now)], tickformat: "%H:%M:%S", uirevision: String(now) },
  };
}

function drawFlow(history) {
  const { times, xaxis } = moving(history);
  return {
    traces: [
      line("records", times, history.column("records"), "c8"),
      line("forecasts", times, history.column("forecasts"), "c0", { fill: "tozeroy", fillcolor: colour("c0", 0.08) }),
    ],
    layout: { xaxis, yaxis: { rangemode: "tozero" }, margin: oneLine },
  };
}

function drawLag(history) {
  const { times, xaxis } = moving(history);
  const lag = history.column("lag");
  return {
    traces: [line("waiting", times, lag, "c1", { fill: "tozeroy", fillcolor: colour("c1", 0.08) })],
    layout: { xaxis, yaxis: { range: [0, Math.max(10, 1.15 * Math.max(...lag))] }, margin: oneLine },
  };
}

function drawErrors(accuracy) {
  const names = accuracy.map(entry => plural(entry.horizon, "step"));
  const ratios = accuracy.map(entry => entry.errorRatio);
  const bar = {
    type: "bar", x: names, y: ratios, width: 0.42, hovertemplate: "%{y:.2f} of naive<extra>%{x} ahead</extra>",
    marker: { color: ratios.map(value => colour(value > 1.05 ? "bad" : "c0", 0.85)) },
    text: ratios.map(ratio), textposition: ratios.map(value => value < 0.15 ? "outside" : "inside"),
    insidetextfont: { color: colour("ground"), size: 13 }, outsidetextfont: { color: colour("ink"), size: 13 },
  };
  return {
    traces: [bar],
    layout: {
      ...level(1, "naive"), hovermode: "closest", margin: oneLine,
      xaxis: { type: "category", gridcolor: "rgba(0,0,0,0)" },
      yaxis: { range: [0, Math.max(1.25, 1.15 * Math.max(0, ...ratios))] },
    },
  };
}

function showWorst(element, { items }) {
  if (items.length === 0) {
    fill(element, h("p", { class: "empty" }, "No series yet. As soon as records arrive they appear here."));
    return;
  }
  fill(element, seriesTable(items));
}
