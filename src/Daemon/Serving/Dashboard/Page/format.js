// Numbers and times as a reader wants them. What is not known is a dash.

const none = "–";
const known = value => typeof value === "number" && Number.isFinite(value);
const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A count: 1,234; 12.3k and 4.5M from 100,000 on. */
export function count(value) {
  if (!known(value)) return none;
  if (Math.abs(value) >= 1e6) return `${significant(value / 1e6, 3)}M`;
  if (Math.abs(value) >= 1e5) return `${significant(value / 1e3, 3)}k`;
  return grouped.format(value);
}

/** A rate: one decimal below ten. */
export const rate = value => known(value) && value > 0 && value < 10 ? value.toFixed(1) : count(value);

/** A measured value, to four significant digits. */
export function value(v) {
  if (!known(v)) return none;
  const size = Math.abs(v);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) return v.toExponential(2);
  return significant(v, size >= 1000 ? Math.max(4, Math.ceil(Math.log10(size))) : 4);
}

/** A ratio to two decimals. */
export const ratio = v => known(v) ? v.toFixed(2) : none;

/** A share as per cent. */
export const percent = (v, digits = 0) => known(v) ? `${(100 * v).toFixed(digits)}%` : none;

/** A span of time in seconds, in its largest fitting unit. */
export function duration(seconds) {
  if (!known(seconds)) return none;
  const size = Math.abs(seconds);
  if (size < 1) return `${Math.round(1000 * seconds)} ms`;
  if (size < 120) return `${significant(seconds, size < 10 ? 2 : 3)} s`;
  if (size < 7200) return `${Math.round(seconds / 60)} min`;
  if (size < 172800) return `${significant(seconds / 3600, 2)} h`;
  if (size < 63072000) return `${Math.round(seconds / 86400)} days`;
  return `${Math.round(seconds / 31536000)} years`;
}

/** How long ago something was, as of now. */
export function ago(time) {
  const seconds = (Date.now() - new Date(time)) / 1000;
  return !known(seconds) ? none : seconds < 2 ? "just now" : `${duration(Math.round(seconds))} ago`;
}

/** A point of event time, in UTC as the stream says it. */
export function time(ms, spanMs = 0) {
  if (ms === null || ms === undefined || Number.isNaN(new Date(ms).getTime())) return none;
  const iso = new Date(ms).toISOString();
  if (spanMs && spanMs < 6 * 3600e3) return iso.slice(11, spanMs < 600e3 ? 19 : 16);
  if (spanMs && spanMs > 20 * 86400e3) return iso.slice(0, 10);
  return `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
}

/** The same in full. */
export const fullTime = t => t === null || t === undefined || Number.isNaN(new Date(t).getTime()) ? none
  : `${new Date(t).toISOString().slice(0, 19).replace("T", " ")} UTC`;

/** A reason of the daemon as a sentence. */
export const sentence = text => text && text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

/** "1 partition", "2 partitions". */
export const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** Error against naive, in words: what it means and whether that is good. */
export function against(errorRatio) {
  if (!known(errorRatio)) return { text: "not known yet", tone: "soft" };
  const gain = Math.round(100 * (1 - errorRatio));
  if (gain >= 1) return { text: `${gain}% better than naive`, tone: "good" };
  if (gain <= -5) return { text: `${-gain}% worse than naive`, tone: "bad" };
  return { text: gain < 0 ? `${-gain}% worse than naive` : "as good as naive", tone: "soft" };
}

function significant(v, digits) {
  return Number(v.toPrecision(digits)).toLocaleString("en", { maximumFractionDigits: 6 });
}
