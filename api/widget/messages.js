// A message of the conversation as elements.
import { studyCard, studyList } from "./cards.js";
import { el, link } from "./dom.js";
import { newId } from "./ids.js";
import { prose } from "./prose.js";
import { more, rules, takes } from "./study.js";
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
  const answers = (message.choices || []).filter((choice) => choice.topic);
  const others = (message.choices || []).filter((choice) => !choice.topic);
  const [told, asked] = answers.length ? parted(message) : [message.text || "", ""];
  return el("div", { class: `message assistant ${message.kind}` },
    el("span", { class: "unseen" }, `${wording.assistant}: `),
    prose(told, home, { numbers: message.kind === "crisis" }),
    message.search ? studyList(message.search, home) : null,
    message.study ? study(message, home, asked ? question(asked, answers, choose) : null) : null,
    (message.links || []).map((each) => el("p", {}, link(each.label, each.url, home))),
    others.length ? choices(others, choose) : null,
  );
}

/** As much of a study as the message is about: all of it, or one part without the card again. */
function study({ study: page, part = "whole" }, home, asked) {
  const read = el("p", { class: "ways" }, link(wording.read, page.links.page, home, { target: "_blank" }));
  if (part === "rules") return [asked, folded(page.title, rules(page)), read];
  if (part === "takes") return [folded(page.title, takes(page)), asked, read];
  return [studyCard(page, home), part === "whole" ? [takes(page), rules(page), asked] : null, more(page, home), read].flat();
}

/** A part that the words above have told already, to be opened with its sources. */
function folded(title, part) {
  return el("details", { class: "folded" },
    el("summary", {}, part.querySelector("h4").textContent, el("span", { class: "unseen" }, `: ${title}`)), part);
}

/** The text, and its paragraph that ends with the question that the answers are to. */
function parted(message) {
  const { topic } = message.choices.find((choice) => choice.topic);
  const text = message.study?.questions?.find((each) => each.topic === topic)?.text;
  const paragraphs = message.text.split(/\n{2,}/);
  const at = text ? paragraphs.findIndex((paragraph) => paragraph.endsWith(text)) : -1;
  return [paragraphs.filter((_, each) => each !== at).join("\n\n"), paragraphs[at] || wording.question];
}

function question(asked, answers, choose) {
  const id = `question-${newId()}`;
  return el("div", { class: "question", role: "group", "aria-labelledby": id },
    el("p", { id }, asked), choices(answers, choose));
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
