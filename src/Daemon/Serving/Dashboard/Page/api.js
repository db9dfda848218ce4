// What the page asks the daemon. Relative addresses: a proxy may serve it below a path of its own.

const base = new URL("api/v1/", document.baseURI);
const patienceMs = 10_000;

/** A failed request, in words for the reader. */
class ApiError extends Error {
  constructor(message, status = 0, problem = {}) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/** Address below /api/v1/; parameters that are empty are left out. */
function address(path, parameters = {}) {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== "" && value !== null && value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

/** Gets JSON. Throws ApiError where the daemon can't be reached or answers with an error. */
export async function get(path, parameters, signal) {
  const limit = AbortSignal.timeout(patienceMs);
  let answer;
  try {
    answer = await fetch(address(path, parameters), {
      headers: { Accept: "application/json", ...authorization() },
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError("The forecaster does not answer. Is it still running?");
  }
  if (answer.ok) return answer.json();
  throw await problemOf(answer);
}

async function problemOf(answer) {
  let problem = {};
  try { problem = await answer.json(); } catch { /* not every proxy answers with JSON */ }
  const words = {
    401: "This forecaster asks for a token before it shows anything.",
    404: "There is no such thing here (any more).",
    421: "Another instance has it.",
    429: "Too many requests: waiting a little.",
    503: "The forecaster is busy or still starting.",
  };
  const unknown = `The forecaster answers ${answer.status}.`;
  return new ApiError(problem.detail || words[answer.status] || problem.title || unknown, answer.status, problem);
}

/** The read token lives in this tab alone. */
export const token = {
  get: () => sessionStorage.getItem("token") ?? "",
  set: text => sessionStorage.setItem("token", text),
};

function authorization() {
  return token.get() ? { Authorization: `Bearer ${token.get()}` } : {};
}

/** Calls again and again until stopped, never twice at a time; slower while it fails or the page is hidden.
 *  @returns a function that stops it. */
export function poll(everyMs, action, failed) {
  const stopping = new AbortController();
  let timer = 0;
  let pause = everyMs;
  const run = async () => {
    try {
      if (!document.hidden) await action(stopping.signal);
      pause = everyMs;
    } catch (error) {
      if (stopping.signal.aborted) return;
      pause = Math.min(15_000, 2 * pause);
      failed?.(error);
    }
    if (!stopping.signal.aborted) timer = setTimeout(run, pause);
  };
  const shown = () => { if (!document.hidden) { clearTimeout(timer); run(); } };
  document.addEventListener("visibilitychange", shown);
  run();
  return () => {
    stopping.abort();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", shown);
  };
}

/** Live forecasts by server-sent events; where these don't come through (a proxy that holds them back, a token, which
 *  an EventSource can't send) the caller polls.
 *  @returns a function that stops it. */
export function listen(series, heard, broken) {
  if (token.get() || !("EventSource" in window)) {
    broken();
    return () => {};
  }
  const source = new EventSource(address("events", { series }));
  let isBroken = false;
  const give = event => heard(JSON.parse(event.data));
  source.onmessage = give;
  source.addEventListener("forecast", give);
  source.onerror = () => {
    if (!isBroken && source.readyState === EventSource.CLOSED) broken();
    isBroken = source.readyState === EventSource.CLOSED;
  };
  return () => source.close();
}
