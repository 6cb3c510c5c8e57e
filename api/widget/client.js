// The calls to the service. A call that got no answer is made again by itself, twice, with the same
// message id: the service answers one id once, so nothing is lost and nothing said twice.
import { keep, recall } from "./memory.js";

const PATIENCE_MS = 40000;
const PAUSES_MS = [1000, 3000];
const NO_ANSWER = [0, 502, 504];

/** A call that failed: `status` 0 when nothing came back, `detail` in words for the person. */
export class CallError extends Error {
  constructor(status, detail = "") {
    super(`call failed with status ${status}`);
    this.status = status;
    this.detail = detail;
  }
}

export class Client {
  /** home: the service's origin; trying: called before a call is made again. */
  constructor(home, trying = () => {}) {
    this.home = home;
    this.trying = trying;
    this.token = recall("session");
  }

  get hasSession() {
    return Boolean(this.token);
  }

  /** Opens a session; gives its first messages. */
  async open() {
    const opened = await this.#call("POST", "sessions");
    this.token = opened.session;
    keep("session", this.token);
    return opened.messages;
  }

  /** Everything said so far. A session that has ended raises CallError 401. */
  async resume() {
    return (await this.#call("GET", "messages")).messages;
  }

  /** The answer to {id, text} or {id, choice}. The same id can be sent again after a failure. */
  async say(message) {
    return (await this.#call("POST", "messages", message)).messages;
  }

  /** Deletes the session and all that was said in it. */
  async forget() {
    if (this.token) {
      try {
        await this.#call("DELETE", "sessions");
      } catch (error) {
        if (error.status !== 401) throw error;
      }
    }
    this.drop();
  }

  /** Forgets the token. */
  drop() {
    this.token = null;
    keep("session", null);
  }

  async #call(method, name, body) {
    for (const pause of PAUSES_MS) {
      try {
        return await this.#callOnce(method, name, body);
      } catch (error) {
        if (!NO_ANSWER.includes(error.status)) throw error;
      }
      this.trying();
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return this.#callOnce(method, name, body);
  }

  async #callOnce(method, name, body) {
    const headers = {};
    if (this.token && !(method === "POST" && name === "sessions")) {
      headers.Authorization = `Bearer ${this.token}`;
    }
    if (body) headers["Content-Type"] = "application/json";
    let answer;
    try {
      answer = await fetch(`${this.home}/api/chat/${name}`, {
        method,
        headers,
        body: body && JSON.stringify(body),
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (answer.status === 204) return null;
      const read = await answer.json();
      if (answer.ok) return read;
      throw new CallError(answer.status, typeof read.detail === "string" ? read.detail : "");
    } catch (error) {
      if (error instanceof CallError) throw error;
      // Cut off while the answer came, or an answer that is no JSON: as good as none.
      throw new CallError(answer && !answer.ok ? answer.status : 0);
    }
  }
}
