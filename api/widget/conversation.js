// What happens when: opening, saying, failing, trying again, starting again, forgetting.
import { CallError } from "./client.js";
import { el } from "./dom.js";
import { assistantMessage, personMessage } from "./messages.js";
import { wording } from "./wording.en.js";

export class Conversation {
  constructor(client, home) {
    this.client = client;
    this.home = home;
    this.panel = null;
    this.started = false;
    this.working = false;
  }

  /** Shows what was said so far, or opens a new session; once. */
  async begin() {
    if (this.started) return;
    this.started = true;
    await this.#work(async () => {
      if (this.client.hasSession) {
        try {
          return this.#showHistory(await this.client.resume());
        } catch (error) {
          if (error.status !== 401) throw error;
          this.client.drop();
        }
      }
      return this.#show(await this.client.open());
    }, wording.failedOpening);
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
      this.panel.clear();
      this.#show(await this.client.open());
    }, wording.failedOpening);
  }

  /** Deletes this chat and says so. */
  async forget() {
    await this.#work(async () => {
      await this.client.forget();
      this.panel.clear();
      this.#show([{ kind: "notice", text: wording.forgotten, choices: [] }]);
    }, wording.forgetFailed);
  }

  #say(message, label) {
    if (this.working) return false;
    this.panel.add(personMessage(label));
    this.#work(() => this.#deliver(message), wording.failed);
    return true;
  }

  async #deliver(message) {
    if (!this.client.hasSession) await this.client.open();
    try {
      this.#show(await this.client.say(message));
    } catch (error) {
      if (error.status === 401 && message.text) return this.#deliverAnew(message);
      if ([413, 422].includes(error.status)) return this.#show([{ kind: "notice", text: error.detail, choices: [] }]);
      throw error;
    }
  }

  /** The session has ended meanwhile: the same message opens a new one. */
  async #deliverAnew(message) {
    this.client.drop();
    await this.client.open();
    this.#show([{ kind: "notice", text: wording.ended, choices: [] }]);
    this.#show(await this.client.say(message));
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
    const text = error.detail ? `${failure} ${error.detail}` : failure;
    const retry = el("button", { type: "button", class: "retry", onclick: () => {
      if (this.working) return;
      // The button has focus: it moves on to the field, since the button goes.
      this.panel.field.focus();
      box.remove();
      this.#work(job, failure);
    } }, wording.retry);
    const box = el("div", { class: "message failure" }, el("p", {}, text), retry);
    this.panel.add(box);
    this.panel.announce(text);
  }

  #show(messages) {
    const shown = messages.map((message) =>
      assistantMessage(message, this.home, (value, label) => this.choose(value, label)),
    );
    for (const node of shown) this.panel.add(node);
    // A long answer is shown from its top.
    if (shown.length) this.panel.bring(shown[0]);
    for (const message of messages) this.panel.announce(message.text || wording.answered);
  }

  #showHistory(told) {
    for (const message of told) {
      if (message.from === "person") this.panel.add(personMessage(message.text));
      else this.panel.add(assistantMessage(message, this.home, (value, label) => this.choose(value, label)));
    }
    const last = told.at(-1);
    if (last?.from === "person") {
      this.#showFailure(new CallError(0), wording.failed, () => this.#deliver({ id: last.id, text: last.text }));
    }
  }
}

/** crypto.randomUUID needs https; a page on plain http has getRandomValues still. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
