// The one line that puts the chat on a page:
//   <script src="https://.../widget.js" defer></script>
// With data-into="#an-element" the chat stands inside that element, open; without it, a button in
// the corner of the page opens it.
(() => {
  const script = document.currentScript;
  const home = new URL(".", script.src);
  import(new URL("widget/main.js", home).href).then((widget) =>
    widget.start({ home: home.origin, into: script.dataset.into || "" }),
  );
})();
