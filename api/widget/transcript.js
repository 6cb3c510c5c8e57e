// The chat as plain text, for a file or an email that the person sends with their own program.
import { el, safeUrl } from "./dom.js";
import { wording } from "./wording.js";

/** What mail programs take in a mailto address without cutting it off. */
const MOST_MAIL = 1800;

/** The chat as a text file, which the browser saves. */
export function download(told, home) {
  const file = new Blob([transcript(told, home)], { type: "text/plain;charset=utf-8" });
  const address = URL.createObjectURL(file);
  follow({ href: address, download: wording.fileName });
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** A new message in the person's mail program. A long chat is cut to the studies that it found. */
export function email(told, home) {
  const whole = mail(transcript(told, home));
  follow({ href: whole.length <= MOST_MAIL ? whole : mailOfStudies(told, home) });
}

export function transcript(told, home) {
  const said = told.map(({ from, message }) => {
    const who = from === "person" ? wording.you : wording.assistant;
    return [`${who}:`, message.text, ...studiesOf(message, home), ...linksOf(message, home)].filter(Boolean).join("\n");
  });
  return `${wording.transcriptTitle}\n\n${said.join("\n\n")}\n\n${wording.transcriptEnd}\n`;
}

function mailOfStudies(told, home) {
  const studies = [...new Set(told.flatMap(({ message }) => studiesOf(message, home)))];
  let kept = wording.onlyStudies;
  for (const study of studies.reverse()) {
    if (mail(`${kept}\n${study}`).length > MOST_MAIL) break;
    kept += `\n${study}`;
  }
  return mail(kept);
}

function studiesOf(message, home) {
  const studies = [...(message.search?.results || []), ...(message.study ? [message.study] : [])];
  return studies.map((study) => `- ${study.title}\n  ${study.status_text}\n  ${safeUrl(study.links.page, home) || ""}`);
}

function linksOf(message, home) {
  return (message.links || []).map((link) => `${link.label}: ${safeUrl(link.url, home) || ""}`);
}

function mail(text) {
  return `mailto:?subject=${encodeURIComponent(wording.transcriptTitle)}&body=${encodeURIComponent(text)}`;
}

function follow(attributes) {
  // Never put on the page: a click on it is enough.
  el("a", attributes).click();
}
