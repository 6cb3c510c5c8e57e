// The panel's elements: header, conversation, form. It knows nothing of the service.
import { el, link } from "./dom.js";
import { wording } from "./wording.en.js";

const MOST_CHARACTERS = 1000;

/** Builds the panel. on: {send(text), restart(), forget(), close() or null}. */
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
  const menu = el("div", { class: "menu", role: "group", "aria-label": wording.menu },
    el("button", { type: "button", onclick: on.restart }, wording.restart),
    el("button", { type: "button", onclick: on.forget }, wording.forget),
    link(wording.searchPage, "/studies", home),
  );
  const header = el("div", { class: "header" },
    el("h2", { id: "title" }, wording.title),
    on.close ? el("button", { type: "button", class: "close", onclick: on.close, "aria-label": wording.close }, "✕") : null,
  );
  const root = el("section", { class: "panel", "aria-labelledby": "title" }, header, log, typing, announcer, form, menu);

  function submit() {
    const text = field.value.trim();
    const wrong = !text ? wording.emptyMessage : text.length > MOST_CHARACTERS ? wording.tooLong(MOST_CHARACTERS) : "";
    showFault(wrong);
    if (wrong || !on.send(text)) return;
    field.value = "";
    grow(field);
  }

  function showFault(text) {
    fault.textContent = text;
    fault.hidden = !text;
    field.toggleAttribute("aria-invalid", Boolean(text));
    if (text) announce(text);
  }

  function announce(text) {
    const line = el("p", {}, text);
    announcer.append(line);
    setTimeout(() => line.remove(), 5000);
  }

  return {
    root, field, announce, showFault,
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
      log.replaceChildren();
    },
    busy(yes) {
      typing.hidden = !yes;
      log.setAttribute("aria-busy", String(yes));
      for (const button of root.querySelectorAll(".choices button, .send, .retry")) {
        button.setAttribute("aria-disabled", String(yes));
      }
    },
  };
}

function grow(field) {
  field.rows = Math.min(5, field.value.split("\n").length + Math.floor(field.value.length / 60));
}
