// What the browser keeps between pages: three small things in sessionStorage, gone with the tab. The
// session's token, whether the chat is open, whether its text is larger. What people write is never kept.

const PREFIX = "study-finder-";

/** The value kept under a name, or null. A page may forbid storage: then nothing is ever kept. */
export function recall(name) {
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Keeps a value, or drops it when it is null or false. */
export function keep(name, value) {
  try {
    if (value) sessionStorage.setItem(PREFIX + name, String(value));
    else sessionStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing to do: see recall.
  }
}
