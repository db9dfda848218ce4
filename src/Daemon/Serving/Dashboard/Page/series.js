// One series: what came, what was forecast of it, what is forecast now, and how far that can be trusted.

import { Chart } from "./charts.js";
import { fill, h, row, section, table } from "./dom.js";
import { showError } from "./errors.js";
import { against, count, duration, fullTime, percent, plural, sentence, value } from "./format.js";
import { legend } from "./legend.js";
import { drawErrors, drawForecast, drawScores } from "./series-charts.js";
import { followSeries } from "./series-feed.js";
import { weightBars } from "./weights.js";

const spans = [["100", "100 steps"], ["300", "300 steps"], ["all", "All"]];

let span = "100";

/** Shows a series. @returns a function that ends it. */
export function showSeries(view, id) {
  let series = null;
  const head = h("div", {}, h("h1", { class: "name" }, id), h("p", { class: "lead" }, "Loading …"));
  const note = h("div");
  const fan = h("div", { class: "chart tall", id: "forecast" });
  const ahead = h("div");
  const errors = h("div", { class: "chart" });
  const scores = h("div", { class: "chart" });
  const experts = h("div");
  const facts = h("dl");
  const buttons = spanButtons(() => charts.forEach(chart => chart.update()));

  const body = h("div", { hidden: true },
    section("Forecast", "The strong line is what came, with what was forecast of it one step before and its band. The fan "
      + "is what is forecast now. About one value in ten should leave the band; many more is bad.",
    buttons, fan,
    legend(["ink", "actual"], ["c0", "forecast"], ["c0", "90% interval", "band"], ["bad", "anomaly", "mark"]), ahead),
    h("div", { class: "pair" },
      section("Error over time", "Mean size of the error one step ahead. Blue below grey: better than naive.", errors,
        legend(["c0", "forecast"], ["c8", "naive"])),
      section("Who is listened to", "Methods that did well on this series lately weigh more.", experts)),
    h("div", { class: "pair" },
      section("Oddness", "How rare a value as unusual as this is for the series: 99% is one in a hundred. Dots raised an "
        + "alarm.", scores),
      section("Facts", "", facts)));
  view.replaceChildren(h("p", { class: "soft" }, h("a", { href: "#/series" }, "Series")), head, note, body);

  const charts = [
    new Chart(fan, `Values of ${id} and their forecasts`, () => drawForecast(series, span)),
    new Chart(errors, "Error of the forecasts and of naive over time", () => drawErrors(series, span)),
    new Chart(scores, "Anomaly scores over time", () => drawScores(series, span)),
  ];

  const feed = followSeries(id, now => {
    series = now;
    body.hidden = false;
    fill(note);
    show();
  }, error => {
    if (!series) fill(head, h("h1", { class: "name" }, id));
    showError(note, error);
  });

  function show() {
    const compared = against(series.errorRatio);
    fill(head, h("h1", { class: "name" }, id), h("p", { class: "lead" },
      value(series.lastValue), series.unit && ` ${series.unit}`, ` at ${fullTime(series.lastTime)}. `,
      series.reason ? "" : h("span", { class: compared.tone }, `Error: ${compared.text}.`)));
    if (series.reason) fill(note, h("p", { class: "notice" }, sentence(series.reason)));
    fill(ahead, aheadTable(series));
    fill(experts, weightBars(series.experts));
    fill(facts, ...factsOf(series, feed.isLive()));
    charts.forEach(chart => chart.update());
  }

  return () => {
    feed.stop();
    charts.forEach(chart => chart.close());
  };
}

/** How much is shown: kept from series to series. */
function spanButtons(changed) {
  const buttons = h("div", { class: "tools", role: "group", "aria-label": "How much to show" }, spans.map(([name, text]) =>
    h("button", {
      type: "button", "aria-pressed": String(name === span), onclick: event => {
        span = name;
        for (const button of buttons.children) button.setAttribute("aria-pressed", String(button === event.target));
        changed();
      },
    }, text)));
  return buttons;
}

/** The fan as a table: for who reads with the ears, and for who wants the figures. */
function aheadTable({ fan }) {
  if (!fan) return null;
  const levels = Object.keys(fan.quantiles ?? {}).sort((a, b) => a - b);
  const hasInterval = levels.length > 1;
  const between = at => `${value(fan.quantiles[levels[0]][at])} to ${value(fan.quantiles[levels.at(-1)][at])}`;
  return table(
    ["Ahead", "Forecast", ...(hasInterval ? [`${percent(levels.at(-1) - levels[0])} interval`] : []),
      h("th", { scope: "col", class: "narrow-off" }, "For")],
    fan.horizons.map((steps, at) => row(
      plural(steps, "step"), value(fan.yhat[at]), hasInterval && [{ class: "soft" }, between(at)],
      [{ class: "soft narrow-off" }, fullTime(fan.times?.[at])])));
}

function factsOf(series, isLive) {
  const facts = {
    Status: series.status,
    Partition: series.partition,
    Step: series.stepSeconds ? duration(series.stepSeconds) : "each event",
    "Steps seen": count(series.steps),
    "Error / naive": series.errorRatio?.toFixed(3) ?? "–",
    Model: series.fan?.model ?? "–",
    Updates: isLive ? "as forecasts come" : "every few seconds",
  };
  return Object.entries(facts).map(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]).flat();
}
