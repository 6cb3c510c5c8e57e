// The language of the widget: another language is another file beside wording.en.js, named here.
export { wording } from "./wording.en.js";
