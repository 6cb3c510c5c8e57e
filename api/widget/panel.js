// The panel's elements: header, conversation, form. It knows nothing of the service.
import { el } from "./dom.js";
import { buildMenu } from "./menu.js";
import { wording } from "./wording.js";

const MOST_CHARACTERS = 1000;
const READ_OUT_MS = 5000;

/** Builds the panel. on: {send(text), restart(), forget(), save(), email(), close() or null}. */
export function buildPanel(home, on) {
  const log = el("div", { class: "log", role: "log", "aria-live": "off", "aria-label": wording.log, tabindex: "0" });
  const typing = el("p", { class: "typing", hidden: true, "aria-hidden": "true" }, `${wording.answering}…`);
  // What is put in here is read out once and then removed, so that nobody meets it twice.
  const announcer = el("div", { class: "unseen", role: "status", "aria-live": "polite" });
  const fault = el("p", { class: "fault", id: "fault", hidden: true });
  const field = el("textarea", {
    id: "say", rows: "1", "aria-describedby": "hint fault", autocomplete: "off", enterkeyhint: "send",
    onkeydown: (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    },
    oninput: () => grow(field),
  });
  const form = el("form", { novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    submit();
  } },
    el("label", { for: "say" }, wording.label),
    el("span", { class: "hint", id: "hint" }, wording.hint),
    fault,
    el("div", { class: "row" }, field, el("button", { type: "submit", class: "send" }, wording.send)),
  );
  const header = el("div", { class: "header" },
    el("h2", { id: "title" }, wording.title),
    on.close ? el("button", { type: "button", class: "close", onclick: on.close, "aria-label": wording.close }, "✕") : null,
  );
  const root = el("section", { class: "panel", lang: wording.lang, "aria-labelledby": "title" });
  root.append(header, log, typing, announcer, form, buildMenu(home, on, root));

  function submit() {
    const text = field.value.trim();
    const wrong = !text ? wording.emptyMessage : text.length > MOST_CHARACTERS ? wording.tooLong(MOST_CHARACTERS) : "";
    showFault(wrong);
    if (wrong) return field.focus();
    if (!on.send(text)) return announce(wording.wait);
    field.value = "";
    grow(field);
  }

  function showFault(text) {
    fault.textContent = text;
    fault.hidden = !text;
    if (text) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (text) announce(text);
  }

  function announce(text) {
    const line = el("p", {}, text);
    announcer.append(line);
    setTimeout(() => line.remove(), READ_OUT_MS);
  }

  return {
    root, field, announce,
    /** Adds a message at the end and shows it. */
    add(node) {
      log.append(node);
      log.scrollTop = log.scrollHeight;
    },
    /** Shows a message from its top; focus stays where the person has it. */
    bring(node) {
      log.scrollTop += node.getBoundingClientRect().top - log.getBoundingClientRect().top - 8;
    },
    clear() {
      // Focus on a button that goes would fall to the top of the page.
      if (log.contains(root.getRootNode().activeElement)) field.focus();
      log.replaceChildren();
    },
    /** Marks what must wait. aria-disabled, so that a button keeps its place, its text and the focus. */
    busy(yes) {
      typing.hidden = !yes;
      for (const button of root.querySelectorAll(".choices button, .send, .retry, .waits")) {
        if (yes) button.setAttribute("aria-disabled", "true");
        else button.removeAttribute("aria-disabled");
      }
    },
  };
}

function grow(field) {
  field.rows = Math.min(5, field.value.split("\n").length + Math.floor(field.value.length / 60));
}
