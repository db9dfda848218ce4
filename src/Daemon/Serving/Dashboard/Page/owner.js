// Another instance of the deployment, and the way there.

import { h } from "./dom.js";

/** Its name; a link where it says where it is. `page`: what to show there, "#/series/…". The address comes from another
 *  member of the group, so nothing but a web address is taken for one. */
export function ownerLink(owner, page = "") {
  if (!owner) return "–";
  const isAddress = /^https?:\/\//.test(owner.url ?? "");
  return isAddress ? h("a", { href: `${owner.url}/${page}` }, owner.clientId || owner.url) : owner.clientId;
}
