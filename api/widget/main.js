// Puts the chat on the page, inside a shadow root so that no style leaks in or out.
import { Client } from "./client.js";
import { Conversation } from "./conversation.js";
import { el } from "./dom.js";
import { addLauncher } from "./launcher.js";
import { buildPanel } from "./panel.js";
import { styles } from "./styles.js";
import { download, email } from "./transcript.js";

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
  let launcher = null;
  conversation.panel = buildPanel(home, {
    send: (text) => conversation.send(text),
    restart: () => conversation.restart(),
    forget: () => conversation.forget(),
    save: () => download(conversation.told, home),
    email: () => email(conversation.told, home),
    close: into ? null : () => launcher.toggle(false),
  });
  const { root } = conversation.panel;
  shadow.append(root);
  if (into) {
    host.classList.add("in-page");
    root.classList.add("in-page");
    place.replaceChildren(host);
    conversation.begin();
  } else {
    launcher = addLauncher(shadow, conversation);
    place.append(host);
    launcher.resume();
  }
}
