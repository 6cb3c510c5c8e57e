// What can be done with the chat as a whole: begin again, forget, save, email, larger text.
import { el, link } from "./dom.js";
import { keep, recall } from "./memory.js";
import { wording } from "./wording.js";

/** Builds the menu; root gets the class "larger" while larger text is on. */
export function buildMenu(home, on, root) {
  const larger = button(wording.larger, () => enlarge(!root.classList.contains("larger")));

  function enlarge(yes) {
    root.classList.toggle("larger", yes);
    larger.setAttribute("aria-pressed", String(yes));
    keep("larger", yes);
  }
  enlarge(recall("larger") === "true");

  return el("div", { class: "menu", role: "group", "aria-label": wording.menu },
    button(wording.restart, on.restart, "waits"),
    button(wording.forget, on.forget, "waits"),
    el("details", {}, el("summary", {}, wording.more), el("div", { class: "more" },
      button(wording.save, on.save),
      button(wording.email, on.email),
      larger,
      link(wording.searchPage, "/studies", home),
    )),
  );
}

function button(label, act, kind = null) {
  return el("button", { type: "button", class: kind, onclick: (event) => {
    if (event.currentTarget.getAttribute("aria-disabled") !== "true") act();
  } }, label);
}
