// Plain text to paragraphs, with addresses (and, on danger cards, telephone numbers) to click.
import { el, link } from "./dom.js";

const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]]/g;
const NUMBER = /\b(?:999|111|116 123|0\d{3} \d{3,4}(?: \d{2,4})?)\b/g;

/** Paragraphs for a text; a line break inside a paragraph stays one. */
export function prose(text, home, { numbers = false } = {}) {
  return text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim())
    .map((paragraph) => el("p", {}, paragraph.split("\n").flatMap((line, at) => [
      at ? el("br") : null,
      ...pieces(line, home, numbers),
    ])));
}

function pieces(line, home, numbers) {
  const found = [];
  let done = 0;
  const marks = [...line.matchAll(ADDRESS)].map((match) => [match, "address"]);
  if (numbers) marks.push(...[...line.matchAll(NUMBER)].map((match) => [match, "number"]));
  marks.sort((one, other) => one[0].index - other[0].index);
  for (const [match, kind] of marks) {
    if (match.index < done) continue;
    found.push(line.slice(done, match.index));
    found.push(
      kind === "address"
        ? link(match[0], match[0], home)
        : el("a", { href: `tel:${match[0].replaceAll(" ", "")}`, class: "number" }, match[0]),
    );
    done = match.index + match[0].length;
  }
  found.push(line.slice(done));
  return found;
}
