// A study as a card.
import { el, link } from "./dom.js";
import { wording } from "./wording.js";

/** A list of cards. */
export function studyList(search, home) {
  const list = el("ul", { class: "studies", role: "list" }, search.results.map((study) =>
    el("li", {}, studyCard(study, home, true)),
  ));
  const wider = (search.wider || []).find((step) => step.adds > 0);
  return [
    search.results.length ? list : null,
    wider ? el("p", { class: "note" }, wording.wider(wider.miles, wider.adds)) : null,
  ];
}

/** One study. Only one that a search found is about what was asked, or related to it. */
export function studyCard(study, home, found = false) {
  const demo = study.source === "demo";
  return el("article", { class: "study" },
    el("div", { class: "tags" },
      demo ? el("span", { class: "tag demo" }, wording.demonstration) : null,
      found ? el("span", { class: `tag ${study.match}` }, study.match === "about" ? wording.about : wording.related) : null,
    ),
    el("h3", {}, link(study.title, study.links.page, home, { target: "_blank" })),
    study.summary ? el("p", { class: "summary" }, study.summary) : null,
    el("dl", {},
      fact(wording.status, study.status_text),
      fact(wording.who, study.who),
      fact(wording.where, where(study)),
      fact(wording.why, (study.why || []).join(" ")),
    ),
    demo ? el("p", { class: "note" }, wording.demonstrationText) : null,
    el("p", { class: "ways" },
      link(wording.takePart, study.links.take_part, home, { target: "_blank", "aria-label": `${wording.takePart}: ${study.title}` }),
      (study.links.registries || []).map((registry) =>
        link(wording.registry(registry.name), registry.url, home, { target: "_blank", "aria-label": `${wording.registry(registry.name)}: ${study.title}` }),
      ),
    ),
  );
}

function where(study) {
  const site = study.nearest_site;
  const parts = [];
  if (study.from_home) parts.push(`${wording.fromHome}.`);
  if (site) {
    const name = [site.name, site.town].filter((part, at, all) => part && all.indexOf(part) === at).join(", ");
    const miles = site.miles === null ? "" : `, ${wording.miles(site.miles)}`;
    parts.push(`${name}${miles}${site.open ? "" : ` (${wording.siteClosed})`}.`);
    if (site.miles !== null && study.sites_open_in_range > 1) parts.push(`${wording.moreSites(study.sites_open_in_range)}.`);
  }
  return parts.join(" ");
}

function fact(name, value) {
  return value ? [el("dt", {}, name), el("dd", {}, value)] : null;
}
