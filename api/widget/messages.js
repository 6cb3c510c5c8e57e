// A message of the conversation as elements.
import { studyCard, studyList } from "./cards.js";
import { el, link } from "./dom.js";
import { prose } from "./prose.js";
import { wording } from "./wording.js";

/** What the person said. */
export function personMessage(text) {
  return el("div", { class: "message person" },
    el("span", { class: "unseen" }, `${wording.you}: `),
    el("p", {}, text),
  );
}

/** What the assistant said; choose(value, label) is called for a choice that is taken. */
export function assistantMessage(message, home, choose) {
  return el("div", { class: `message assistant ${message.kind}` },
    el("span", { class: "unseen" }, `${wording.assistant}: `),
    prose(message.text || "", home, { numbers: message.kind === "crisis" }),
    message.search ? studyList(message.search, home) : null,
    message.study ? study(message.study, home) : null,
    (message.links || []).map((each) => el("p", {}, link(each.label, each.url, home))),
    message.choices?.length ? choices(message.choices, choose) : null,
  );
}

function study(page, home) {
  return [
    studyCard(page, home),
    (page.sections || []).slice(0, 3).map((section) =>
      el("details", {}, el("summary", {}, section.heading), prose(section.text, home)),
    ),
    el("p", {}, link(wording.read, page.links.page, home, { target: "_blank" })),
  ];
}

/** Choices stay readable after one is taken: a taken group is marked, not removed. */
function choices(offered, choose) {
  return el("ul", { class: "choices", role: "list" }, offered.map((choice) =>
    el("li", {}, el("button", {
      type: "button",
      onclick: (event) => {
        const button = event.currentTarget;
        if (button.getAttribute("aria-disabled") === "true") return;
        if (choose(choice.value, choice.label)) button.classList.add("taken");
      },
    }, choice.label)),
  ));
}
