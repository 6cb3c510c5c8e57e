// The calls to the service. The token lies in sessionStorage; what people write is kept nowhere.

const KEY = "study-finder-session";

/** A call that failed: `status` 0 when nothing came back, `detail` in words for the person. */
export class CallError extends Error {
  constructor(status, detail = "") {
    super(`call failed with status ${status}`);
    this.status = status;
    this.detail = detail;
  }
}

export class Client {
  constructor(home) {
    this.home = home;
    this.token = recall();
  }

  get hasSession() {
    return Boolean(this.token);
  }

  /** Opens a session; gives its first messages. */
  async open() {
    const opened = await this.#call("POST", "sessions");
    this.token = opened.session;
    keep(this.token);
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
    keep(null);
  }

  async #call(method, name, body) {
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
        signal: AbortSignal.timeout(40000),
      });
      if (answer.status === 204) return null;
      const read = await answer.json();
      if (answer.ok) return read;
      throw new CallError(answer.status, typeof read.detail === "string" ? read.detail : "");
    } catch (error) {
      if (error instanceof CallError) throw error;
      throw new CallError(answer && !answer.ok ? answer.status : 0);
    }
  }
}

// A page may forbid storage: then the chat lasts as long as the page.
function recall() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(token) {
  try {
    if (token) sessionStorage.setItem(KEY, token);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Nothing to do: see recall.
  }
}
