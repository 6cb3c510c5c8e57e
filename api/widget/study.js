// A study that was opened: what it would take, the rules beside what the person said, and its places.
import { el } from "./dom.js";
import { prose } from "./prose.js";
import { wording } from "./wording.js";

const MOST_PLACES = 12;

/** What taking part would take, each with the record's own sentence; what the record does not say last. */
export function takes(page) {
  const parts = Object.keys(page.burden).filter((part) => part !== "involves");
  const said = parts.filter((part) => page.burden_sources?.[part]);
  const silent = parts.filter((part) => !page.burden_sources?.[part]).map((part) => label(page, part));
  return el("section", { class: "part" }, el("h4", {}, wording.takes),
    said.length ? el("dl", {}, said.map((part) => [
      el("dt", {}, label(page, part)),
      el("dd", {}, page.burden[part], ownWords(page.burden_sources?.[part], page.burden[part], label(page, part))),
    ]).flat()) : null,
    silent.length ? el("p", { class: "note" }, wording.notSaid(silent)) : null,
  );
}

/** Each rule as met, not met or not known. What may not fit stands first; nothing is ruled out. */
export function rules(page) {
  const judged = (answer) => page.eligibility.filter((rule) => rule.answer === answer);
  const [against, fits, open] = ["not_met", "met", "unknown"].map(judged);
  return el("section", { class: "part" }, el("h4", {}, wording.mayJoin),
    el("p", {}, wording.teamDecides),
    page.eligibility.length ? el("p", {}, wording.counted(fits.length, against.length, open.length))
      : el("p", {}, wording.noRules),
    group(wording.against, against),
    group(wording.fits, fits),
    open.length ? el("details", {}, el("summary", {}, wording.openRules(open.length)), ruleList(open)) : null,
  );
}

/** The record's eight sections, each with its own words, and the places with each one's own status. */
export function more(page, home) {
  const sections = page.sections || [];
  const sites = page.sites.slice(0, MOST_PLACES);
  return [
    sections.length ? el("details", {}, el("summary", {}, wording.sections), sections.map((section) => [
      el("h4", {}, section.heading),
      prose(section.text, home),
      ownWords(section.original, section.text, section.heading),
    ].flat()).flat()) : null,
    sites.length ? el("details", {}, el("summary", {}, wording.places(page.sites.length)),
      el("ul", {}, sites.map((site) => el("li", {}, wording.site(site)))),
      page.sites.length > sites.length ? el("p", {}, wording.morePlaces(page.sites.length - sites.length)) : null,
    ) : null,
  ];
}

function label(page, part) {
  return page.burden_labels?.[part] || part.replaceAll("_", " ");
}

function group(heading, found) {
  return found.length ? [el("h5", {}, heading), ruleList(found)] : null;
}

function ruleList(found) {
  return el("ul", {}, found.map((rule) => el("li", {},
    rule.kind === "exclude"
      ? el("span", { class: "note" }, `${rule.answer === "met" ? wording.keepsNobodyOut : wording.exclude} `) : null,
    rule.text,
    rule.own_words ? el("span", { class: "note" }, ` (${wording.ownWords})`) : null,
    rule.because ? el("span", { class: "note" }, `${/[.?!”]$/.test(rule.text) ? "" : "."} ${rule.because}`) : null,
    ownWords(rule.original, rule.text, rule.text),
  )));
}

/** The record's sentence to open, where it reads differently; about names it for screen readers. */
function ownWords(original, text, about) {
  if (!original || original.trim() === text.trim()) return null;
  return el("details", {},
    el("summary", {}, wording.record, el("span", { class: "unseen" }, `: ${about}`)),
    prose(original, location.origin));
}
