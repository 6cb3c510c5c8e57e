// The widget's look, with the NHS colours and spacing. A string, since it goes into a shadow root.
export const styles = `
:host { all: initial; --blue: #005eb8; --dark-blue: #003087; --text: #212b32; --second: #4c6272; --green: #007f3b;
  --red: #d5281b; --focus: #ffeb3b; --line: #d8dde0; --pale: #f0f4f5; --paper: #ffffff; --link: #005eb8; --mine: #e8f1fa;
  font: medium/1.5 Arial, Helvetica, sans-serif; color: var(--text); display: block; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:hover { text-decoration-thickness: 3px; }
button { font: inherit; cursor: pointer; min-height: 44px; padding: 8px 16px; border-radius: 4px; border: 2px solid var(--blue);
  background: var(--paper); color: var(--blue); font-weight: 600; }
button:hover { background: var(--pale); }
button[aria-disabled="true"] { cursor: default; border-style: dashed; }
a:focus-visible, summary:focus-visible { outline: 4px solid transparent; background: var(--focus); color: #212b32; box-shadow: 0 4px #212b32; text-decoration: none; }
button:focus-visible, textarea:focus-visible, .log:focus-visible { outline: 4px solid var(--focus); outline-offset: 0; box-shadow: inset 0 0 0 3px #212b32; }
.launcher { position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; background: var(--green); border-color: var(--green); color: #fff;
  padding: 12px 24px; box-shadow: 0 4px 0 #004c23; }
.launcher:hover { background: #00662f; }
.panel { display: flex; flex-direction: column; background: var(--paper); color: var(--text); border: 1px solid var(--line); position: fixed; right: 16px; bottom: 16px;
  width: min(440px, calc(100vw - 32px)); height: min(720px, calc(100dvh - 32px)); z-index: 2147483000; box-shadow: 0 4px 24px rgb(33 43 50 / 30%); }
.panel.in-page { position: relative; inset: auto; width: 100%; height: min(760px, max(480px, 80dvh)); box-shadow: none; z-index: auto; }
.header { display: flex; align-items: center; justify-content: space-between; gap: 16px; padding: 8px 16px; background: var(--blue); color: #fff; }
.header h2 { margin: 0; font-size: 1.25em; line-height: 1.4; }
.close { background: transparent; border-color: transparent; color: #fff; min-width: 44px; }
.close:hover { background: var(--dark-blue); }
.log { position: relative; flex: 1; min-height: 96px; overflow-y: auto; padding: 16px; display: flex; flex-direction: column; gap: 16px; overscroll-behavior: contain; overflow-wrap: anywhere; }
.message { max-width: 92%; align-self: flex-start; }
.message p { margin: 0 0 8px; }
.message p:last-child { margin-bottom: 0; }
.person { align-self: flex-end; background: var(--mine); border: 1px solid #a7c7e7; border-radius: 8px 8px 0 8px; padding: 8px 16px; white-space: pre-wrap; }
.assistant { background: var(--pale); border-radius: 0 8px 8px 8px; padding: 8px 16px; }
.assistant.studies, .assistant.study { max-width: 100%; width: 100%; }
.notice { border-left: 4px solid var(--blue); border-radius: 0; }
.crisis { border: 4px solid var(--red); background: var(--paper); max-width: 100%; border-radius: 0; font-size: 1.125em; }
.crisis p:first-of-type { font-weight: 700; }
.number { font-weight: 700; white-space: nowrap; }
.failure { border: 2px solid var(--red); padding: 8px 16px; flex: none; }
.choices { list-style: none; margin: 8px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 8px; }
.choices button.taken { background: var(--blue); color: #fff; border-style: solid; }
.studies-list, ul.studies { list-style: none; margin: 8px 0 0; padding: 0; display: grid; gap: 16px; }
.study:not(.message) { background: var(--paper); border: 1px solid var(--line); border-bottom: 4px solid var(--line); padding: 16px; }
.study h3 { margin: 8px 0; font-size: 1.125em; line-height: 1.35; }
.tags { display: flex; flex-wrap: wrap; gap: 8px; }
.tag { border: 1px solid var(--second); color: var(--second); padding: 0 8px; font-size: 0.875em; font-weight: 600; background: var(--paper); }
.tag.about { border-color: var(--green); color: var(--green); }
.tag.demo { background: #fff4cc; border-color: #594300; color: #594300; }
dl { margin: 8px 0; }
dt { font-weight: 600; margin-top: 8px; }
dd { margin: 0; }
.note { color: var(--second); }
.ways { display: flex; flex-wrap: wrap; gap: 8px 16px; }
.ways a { padding: 4px 0; }
.part { margin-top: 16px; }
h4 { margin: 0 0 8px; font-size: 1.0625em; line-height: 1.35; }
h5 { margin: 8px 0 0; font-size: 1em; }
.part ul, details > ul { margin: 4px 0 8px; padding-left: 24px; }
.part li, details > ul > li { margin-bottom: 8px; }
.question { margin: 16px 0; padding: 8px 16px; border-left: 4px solid var(--blue); background: var(--paper); }
.question p { font-weight: 600; }
details { margin-top: 8px; }
details > h4 { margin-top: 16px; }
summary { cursor: pointer; color: var(--link); text-decoration: underline; padding: 4px 0; }
.typing { margin: 0; padding: 0 16px 8px; color: var(--second); }
form { border-top: 1px solid var(--line); padding: 8px 16px; }
label { font-weight: 600; display: block; }
.hint { color: var(--second); display: block; font-size: 0.9375em; }
.fault { color: var(--red); font-weight: 600; margin: 4px 0; }
.row { display: flex; gap: 8px; margin-top: 4px; align-items: flex-end; }
textarea { font: inherit; color: var(--text); background: var(--paper); flex: 1; min-width: 0; min-height: 44px; padding: 8px; border: 2px solid var(--second); border-radius: 0; resize: vertical; }
.send { background: var(--green); border-color: var(--green); color: #fff; }
.send:hover { background: #00662f; }
.send[aria-disabled="true"] { background: var(--paper); color: var(--green); }
.menu { display: flex; flex-wrap: wrap; gap: 0 16px; align-items: baseline; padding: 0 16px 8px; font-size: 0.9375em; }
.menu button, .menu a, .menu summary { border: 0; padding: 4px 0; min-height: 32px; background: none; font-weight: 400; text-align: left; text-decoration: underline; color: var(--link); }
.menu button[aria-disabled="true"] { color: var(--second); text-decoration: none; }
.menu a:focus-visible, .menu summary:focus-visible { background: var(--focus); color: #212b32; }
.menu details { margin: 0; }
.menu details[open] { flex-basis: 100%; }
.more { display: flex; flex-wrap: wrap; gap: 0 16px; align-items: baseline; }
.more [aria-pressed="true"]::after { content: " ✓" / ""; }
.larger { font-size: 1.25em; }
@media (max-width: 640px) { .assistant.studies, .assistant.study { background: none; padding: 0; } .study:not(.message) { padding: 8px 12px; } .log { padding: 8px; } .message { max-width: 100%; }  .panel:not(.in-page) { inset: 0; width: 100%; height: 100dvh; border: 0; } }
@media (max-height: 500px) { .hint { display: none; } .panel { overflow-y: auto; } }
@media (prefers-color-scheme: dark) {
  .panel:not(.in-page) { --text: #f0f4f5; --second: #c8d1d6; --line: #5b6b76; --pale: #2b3840; --paper: #1b242a; --link: #9cc9f5; --mine: #17344f; --green: #007f3b; }
  .panel:not(.in-page) button:not(.send, .close, .taken) { color: #9cc9f5; border-color: #9cc9f5; }
  .panel:not(.in-page) .tag.about { color: #8fdbb0; border-color: #8fdbb0; }
  .panel:not(.in-page) .fault { color: #ff9c93; }
}
@media (prefers-reduced-motion: no-preference) { .typing { animation: pulse 1.6s infinite; } @keyframes pulse { 50% { opacity: 0.85; } } }
@media (forced-colors: active) { .tag, .message, .study:not(.message) { border: 1px solid; } button:focus-visible, a:focus-visible, textarea:focus-visible { outline: 4px solid Highlight; } }
@media print { .launcher, form, .menu { display: none; } .log { overflow: visible; } }
`;
