// The button in the corner that opens the chat. On a phone the open chat fills the screen and keeps
// the focus inside, as a dialog does: what lies behind it cannot be seen. Escape and the cross leave it.
import { el } from "./dom.js";
import { keep, recall } from "./memory.js";
import { wording } from "./wording.js";

const PHONE = "(max-width: 640px)";

/** Adds the button; gives {toggle(open), resume()}. */
export function addLauncher(shadow, conversation) {
  const { root, field } = conversation.panel;
  const phone = matchMedia(PHONE);
  const button = el("button", { type: "button", class: "launcher", lang: wording.lang, "aria-expanded": "false", onclick: () => toggle(true) }, wording.open);
  root.hidden = true;
  shadow.prepend(button);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") toggle(false);
    if (event.key === "Tab" && phone.matches) stayInside(event);
  });
  phone.addEventListener("change", describe);
  describe();

  function describe() {
    if (phone.matches) {
      root.setAttribute("role", "dialog");
      root.setAttribute("aria-modal", "true");
    } else {
      root.removeAttribute("role");
      root.removeAttribute("aria-modal");
    }
  }

  function show(open) {
    root.hidden = !open;
    button.hidden = open;
    button.setAttribute("aria-expanded", String(open));
    keep("open", open);
    if (open) conversation.begin();
  }

  function toggle(open) {
    show(open);
    (open ? field : button).focus();
  }

  function stayInside(event) {
    const stops = [...root.querySelectorAll("a[href], button, textarea, summary, [tabindex]")]
      .filter((stop) => stop.checkVisibility());
    const here = stops.indexOf(shadow.activeElement);
    const leaves = event.shiftKey ? here <= 0 : here === stops.length - 1;
    if (!leaves) return;
    event.preventDefault();
    stops.at(event.shiftKey ? -1 : 0).focus();
  }

  return {
    toggle,
    /** A chat that was open on the page before is open on this one. Focus stays with the page. */
    resume() {
      if (recall("open") === "true" && !phone.matches) show(true);
    },
  };
}
