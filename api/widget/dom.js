// Making elements. Text only ever enters through textContent, so it can never become markup.

/** An element with attributes (false and null are left out; "on..." are listeners) and children. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** The address if a browser may follow it: http, https, or a path of the service at `home`. */
export function safeUrl(url, home) {
  try {
    const whole = new URL(url, home);
    return ["http:", "https:"].includes(whole.protocol) ? whole.href : null;
  } catch {
    return null;
  }
}

/** A link, or its bare label when the address is not safe to follow. */
export function link(label, url, home, attributes = {}) {
  const href = safeUrl(url, home);
  if (!href) return document.createTextNode(label);
  return el("a", { href, rel: "noopener noreferrer", ...attributes }, label);
}
