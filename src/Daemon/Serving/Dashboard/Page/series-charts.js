// The charts of one series.

import { band, colour, digits, dots, line } from "./charts.js";

const errorSteps = 24; // over which an error is averaged
const rarest = 1e-4; // share at which the scale of oddness ends

/** Arrays of the last steps, with times as dates. */
function recent({ history }, span) {
  const from = span === "all" ? 0 : Math.max(0, history.time.length - Number(span));
  const cut = Object.fromEntries(Object.entries(history).map(([name, values]) => [name, values?.slice(from)]));
  return { ...cut, time: cut.time.map(time => new Date(time)) };
}

const empty = { traces: [], layout: {} };
const xaxis = range => ({ type: "date", ...(range && { range }), hoverformat: "%Y-%m-%d %H:%M:%S" });

/** What came, what was forecast of it, and the fan. */
export function drawForecast(series, span) {
  if (!series?.history?.time.length) return empty;
  const past = recent(series, span);
  const now = past.time.at(-1);
  const traces = [
    ...band("90% interval", past.time, past.lower, past.upper, "c0"),
    line("forecast", past.time, past.yhat, "c0", { line: { width: 1.1 }, ...interval(past.lower, past.upper) }),
    line("actual", past.time, past.value, "ink", { line: { width: 1.8 } }),
  ];
  const odd = past.time.map((_, at) => at).filter(at => past.anomaly?.[at]);
  traces.push(dots("anomaly", odd.map(at => past.time[at]), odd.map(at => past.value[at]), "bad"));
  const fan = fanTraces(series.fan, now, past.value.at(-1));
  const end = fan.times.at(-1) ?? now;
  return {
    traces: [...traces, ...fan.traces],
    layout: {
      xaxis: xaxis([past.time[0], end]), shapes: fan.traces.length ? [nowLine(now)] : [],
      yaxis: { nticks: 6 }, margin: { l: 56, r: 6, t: 8, b: 42 },
    },
  };
}

/** Bands of the quantiles, the outermost lightest, and the forecast itself; they start at the last value. */
function fanTraces(fan, now, last) {
  if (!fan?.times?.length) return { traces: [], times: [] };
  const times = [now, ...fan.times.map(time => new Date(time))];
  const levels = Object.keys(fan.quantiles ?? {}).sort((a, b) => a - b);
  const traces = [];
  for (let outer = 0; outer < Math.floor(levels.length / 2); outer++) {
    traces.push(...band("", times, [last, ...fan.quantiles[levels[outer]]],
      [last, ...fan.quantiles[levels[levels.length - 1 - outer]]], "c0", 0.2));
  }
  const [lower, upper] = [fan.quantiles[levels[0]], fan.quantiles[levels.at(-1)]];
  traces.push(line("forecast", times, [last, ...fan.yhat], "c0", {
    line: { width: 2.2 }, ...(levels.length > 1 && interval([last, ...lower], [last, ...upper])),
  }));
  if (fan.times.length < 8) {
    traces.push(dots("", times.slice(1), fan.yhat, "c0", { size: 6, line: { width: 0 } }));
  }
  return { traces, times };
}

/** Under the pointer the interval stands beside the forecast. */
const interval = (lower, upper) => ({
  customdata: lower.map((low, at) => [low, upper[at]]),
  hovertemplate: `%{y:${digits}}  (%{customdata[0]:${digits}} to %{customdata[1]:${digits}})`,
});

const nowLine = now => ({
  type: "line", x0: now, x1: now, yref: "paper", y0: 0, y1: 1, line: { color: colour("soft"), width: 1, dash: "dot" },
});

/** Mean absolute error of the forecast and of naive, over a moving day's worth of steps. */
export function drawErrors(series, span) {
  if (!series?.history?.time.length) return empty;
  const all = recent(series, "all");
  const from = all.time.length - recent(series, span).time.length;
  const traces = [];
  for (const [name, of, tone] of [["naive", all.naive, "c8"], ["forecast", all.yhat, "c0"]]) {
    if (of) traces.push(line(name, all.time.slice(from), moving(all.value, of).slice(from), tone));
  }
  return { traces, layout: { xaxis: xaxis(), yaxis: { rangemode: "tozero" } } };
}

function moving(values, forecasts) {
  const errors = values.map((value, at) => value === null || forecasts[at] === null || forecasts[at] === undefined
    ? null : Math.abs(value - forecasts[at]));
  return errors.map((_, at) => {
    const some = errors.slice(Math.max(0, at - errorSteps + 1), at + 1).filter(error => error !== null);
    return some.length >= 3 ? some.reduce((a, b) => a + b, 0) / some.length : null;
  });
}

/** How rare each value is, on a scale of nines: most scores are ordinary, and what matters lies close to 1. */
export function drawScores(series, span) {
  if (!series?.history?.time.length) return empty;
  const past = recent(series, span);
  const nines = past.score.map(score => score === null ? null : -Math.log10(Math.max(rarest, 1 - score)));
  const odd = past.time.map((_, at) => at).filter(at => past.anomaly?.[at]);
  const hover = { customdata: past.score, hovertemplate: "%{customdata:.3%}" };
  return {
    traces: [
      line("oddness", past.time, nines, "c8", { line: { width: 1.2 }, ...hover }),
      dots("alarm", odd.map(at => past.time[at]), odd.map(at => nines[at]), "bad"),
    ],
    layout: {
      xaxis: xaxis(), margin: { l: 56, r: 6, t: 8, b: 42 },
      yaxis: { range: [0, 4.3], tickvals: [0, 1, 2, 3, 4], ticktext: ["0", "90%", "99%", "99.9%", "99.99%"] },
    },
  };
}
