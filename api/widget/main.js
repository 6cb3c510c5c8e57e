// Puts the chat on the page, inside a shadow root so that no style leaks in or out.
import { Client } from "./client.js";
import { Conversation } from "./conversation.js";
import { el } from "./dom.js";
import { buildPanel } from "./panel.js";
import { styles } from "./styles.js";
import { wording } from "./wording.en.js";

/** home: the service's origin; into: a selector of the element to stand in, or "" for a launcher. */
export function start({ home, into }) {
  const place = into ? document.querySelector(into) : document.body;
  if (!place || document.querySelector("[data-study-finder]")) return;
  const host = el("div", { "data-study-finder": true });
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  shadow.adoptedStyleSheets = [sheet];

  const conversation = new Conversation(new Client(home), home);
  const on = {
    send: (text) => conversation.send(text),
    restart: () => conversation.restart(),
    forget: () => conversation.forget(),
    close: into ? null : () => toggle(false),
  };
  const panel = buildPanel(home, on);
  conversation.panel = panel;

  let launcher = null;
  function toggle(open) {
    panel.root.hidden = !open;
    launcher.hidden = open;
    launcher.setAttribute("aria-expanded", String(open));
    if (open) {
      conversation.begin();
      panel.field.focus();
    } else {
      launcher.focus();
    }
  }

  if (into) {
    host.classList.add("in-page");
    panel.root.classList.add("in-page");
    place.replaceChildren(host);
    conversation.begin();
  } else {
    launcher = el("button", { type: "button", class: "launcher", "aria-expanded": "false", onclick: () => toggle(true) }, wording.open);
    panel.root.hidden = true;
    panel.root.addEventListener("keydown", (event) => event.key === "Escape" && toggle(false));
    shadow.append(launcher);
    place.append(host);
  }
  shadow.append(panel.root);
}
