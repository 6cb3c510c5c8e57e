// What happens when: opening, saying, failing, trying again, starting again, forgetting.
import { CallError } from "./client.js";
import { el } from "./dom.js";
import { newId } from "./ids.js";
import { assistantMessage, personMessage } from "./messages.js";
import { wording } from "./wording.js";

export class Conversation {
  constructor(client, home) {
    this.client = client;
    this.home = home;
    this.panel = null;
    this.started = false;
    this.working = false;
    /** What is on the screen, for a transcript: [{from, message}], in this page's memory only. */
    this.told = [];
    client.trying = () => this.panel.announce(wording.tryingAgain);
  }

  /** Shows what was said so far, or opens a new session; once. */
  async begin() {
    if (this.started) return;
    this.started = true;
    await this.#work(() => this.#begin(), wording.failedOpening);
  }

  /** Sends a text; false while another message is under way. */
  send(text) {
    return this.#say({ id: newId(), text }, text);
  }

  /** Takes a choice; false while another message is under way. */
  choose(value, label) {
    return this.#say({ id: newId(), choice: value }, label);
  }

  /** Deletes this chat and opens a new one. */
  async restart() {
    await this.#work(async () => {
      await this.client.forget();
      this.#clear();
      this.#show(await this.client.open());
    }, wording.failedOpening);
  }

  /** Deletes this chat and says so. */
  async forget() {
    await this.#work(async () => {
      await this.client.forget();
      this.#clear();
      this.#show([notice(wording.forgotten)]);
    }, wording.forgetFailed);
  }

  async #begin() {
    if (!this.client.hasSession) return this.#show(await this.client.open());
    try {
      const told = await this.client.resume();
      this.#showHistory(told);
      const last = told.at(-1);
      // Left without its answer when the page was left: the same id brings it now.
      if (last?.from === "person") await this.#deliver(again(last));
    } catch (error) {
      if (error.status !== 401) throw error;
      this.client.drop();
      this.#show(await this.client.open());
    }
  }

  #say(message, label) {
    if (this.working) return false;
    this.#add("person", { text: label });
    this.#work(() => this.#deliver(message), wording.failed);
    return true;
  }

  async #deliver(message) {
    if (!this.client.hasSession) await this.client.open();
    try {
      this.#show(await this.client.say(message));
    } catch (error) {
      if (error.status === 401) return this.#deliverAnew(message);
      if ([413, 422].includes(error.status)) return this.#show([notice(error.detail)]);
      throw error;
    }
  }

  /** The session has ended meanwhile. A text opens a new one; a choice of the old one means nothing. */
  async #deliverAnew(message) {
    this.client.drop();
    const welcome = await this.client.open();
    this.#show([notice(wording.ended)]);
    this.#show(message.text ? await this.client.say(message) : welcome);
  }

  /** Does one thing at a time; a failure shows why and a button that does the same thing again. */
  async #work(job, failure) {
    if (this.working) return;
    this.working = true;
    this.panel.busy(true);
    const patience = setTimeout(() => this.panel.announce(wording.answering), 1000);
    try {
      await job();
    } catch (error) {
      if (!(error instanceof CallError)) console.error(error);
      this.#showFailure(error, failure, job);
    } finally {
      clearTimeout(patience);
      this.working = false;
      this.panel.busy(false);
    }
  }

  #showFailure(error, failure, job) {
    const text = `${failure} ${error.detail || wording.noConnection}`;
    const retry = el("button", { type: "button", class: "retry", onclick: () => {
      if (this.working) return;
      // The button has focus: it moves on to the field, since the button goes.
      this.panel.field.focus();
      box.remove();
      this.#work(job, failure);
    } }, wording.retry);
    const box = el("div", { class: "message failure" },
      el("p", {}, text), el("p", {}, wording.inDanger), retry);
    this.panel.add(box);
    this.panel.announce(`${text} ${wording.inDanger}`);
  }

  #add(from, message) {
    this.told.push({ from, message });
    const node = from === "person"
      ? personMessage(message.text)
      : assistantMessage(message, this.home, (value, label) => this.choose(value, label));
    this.panel.add(node);
    return node;
  }

  #show(messages) {
    const shown = messages.map((message) => this.#add("assistant", message));
    // A long answer is shown from its top.
    if (shown.length) this.panel.bring(shown[0]);
    for (const message of messages) this.panel.announce(message.text || wording.answered);
  }

  #showHistory(told) {
    this.#clear();
    for (const message of told) this.#add(message.from, message);
  }

  #clear() {
    this.told = [];
    this.panel.clear();
  }
}

function notice(text) {
  return { kind: "notice", text, choices: [] };
}

/** A person's message of the history as it was sent. */
function again(last) {
  return last.choice ? { id: last.id, choice: last.choice } : { id: last.id, text: last.text };
}
