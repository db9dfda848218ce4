// Partitions and who has them.

import { h, row, table } from "./dom.js";
import { count, fullTime, plural, sentence } from "./format.js";
import { ownerLink } from "./owner.js";

const states = {
  running: ["live", "c2"], live: ["live", "c2"], restoring: ["restoring", "warn"], opening: ["opening", "warn"],
  stopped: ["stopped", "bad"], elsewhere: ["another instance", "line"],
};
const isHere = task => task.lane !== null && task.lane !== undefined;
const stateOf = task => states[isHere(task) ? task.state : "elsewhere"] ?? [task.state, "c8"];

/** Squares, their meaning, and a table for who wants to know. */
export function showPartitions({ items: tasks, othersUnknown }, lanes) {
  if (tasks.length === 0) {
    return [h("p", { class: "empty" }, "No partition is assigned yet: the group is still forming.")];
  }
  const counts = new Map();
  for (const task of tasks) counts.set(stateOf(task)[0], (counts.get(stateOf(task)[0]) ?? 0) + 1);
  const tones = new Map(tasks.map(stateOf));
  return [
    h("div", { class: "cells", role: "img", "aria-label": [...counts].map(([name, n]) => `${n} ${name}`).join(", ") },
      tasks.slice(0, 512).map(task => h("i", {
        title: `partition ${task.partition}: ${stateOf(task)[0]}, ${count(task.series)} series, ${count(task.lagRecords)} waiting`,
        style: { "--of": `var(--${stateOf(task)[1]})` },
      }))),
    h("div", { class: "key" }, [...counts].map(([name, n]) =>
      h("span", {}, h("i", { style: { "--of": `var(--${tones.get(name)})` } }), `${n} ${name}`)),
    lanes.length > 0 && h("span", {}, lanesInWords(lanes))),
    reasons(tasks),
    othersUnknown && h("p", { class: "caption" }, sentence(othersUnknown)),
    h("details", { open: isOpen() },
      h("summary", { onclick: event => setTimeout(() => remember(event.target.parentElement.open)) }, "Each partition"),
      eachPartition(tasks)),
  ];
}

function lanesInWords(lanes) {
  const running = lanes.filter(lane => lane.state === "running").length;
  return `${running === lanes.length ? "" : `${running} of `}${plural(lanes.length, "lane")} running`;
}

/** What keeps partitions from being live, each reason once. */
function reasons(tasks) {
  const all = new Set(tasks.map(task => task.reason).filter(Boolean));
  return [...all].slice(0, 5).map(reason => h("p", { class: "notice" }, sentence(reason)));
}

let open = false;
const isOpen = () => open;
const remember = value => { open = value; };

const eachPartition = tasks => table(
  ["Partition", "State", "Waiting", "Series", "Stream time", "To restore", "Owner"],
  tasks.map(task => row(
    task.partition, stateOf(task)[0], count(task.lagRecords), count(task.series), fullTime(task.streamTime),
    task.restoreRemaining > 0 ? count(task.restoreRemaining) : "–", owner(task))));

function owner(task) {
  return isHere(task) ? `here, lane ${task.lane}` : ownerLink(task.owner);
}
