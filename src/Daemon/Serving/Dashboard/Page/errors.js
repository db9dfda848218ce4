// What went wrong, in words, in the place of what can't be shown.

import { token } from "./api.js";
import { fill, h } from "./dom.js";
import { sentence } from "./format.js";
import { ownerLink } from "./owner.js";

/** Says why something can't be shown. What another instance has gets the way there. */
export function showError(element, error) {
  const owner = error.problem?.owner;
  fill(element, h("p", { class: "notice bad", role: "alert" }, sentence(error.message),
    owner && h("span", {}, " Ask ", ownerLink(owner, location.hash), ".")));
}

/** Asks for the token that this daemon wants. */
export function askForToken(element, done) {
  if (element.querySelector("form")) return;
  const input = h("input", { type: "password", autocomplete: "current-password", "aria-label": "Token" });
  const form = h("form", {
    class: "tools",
    onsubmit: event => {
      event.preventDefault();
      token.set(input.value);
      done();
    },
  }, input, h("button", {}, "Show"));
  element.replaceChildren(h("h1", {}, "This forecaster asks for a token"),
    h("p", { class: "lead" }, "It is the value of Http:ReadToken. It stays in this tab until you close it."), form);
  input.focus();
}
