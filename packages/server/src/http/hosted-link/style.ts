/**
 * What the pages of a link look like: the same ticket as in the hosted pages, whose own
 * styles come with their scripts.
 */
export const linkStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#efe9dc, #14120d);
  --paper: light-dark(#fffdf8, #201e19);
  --text: light-dark(#1c1a15, #f4efe3);
  --soft: light-dark(#5d574b, #b9b1a0);
  --line: light-dark(#d8d0bf, #423d33);
  --field-line: light-dark(#867e6d, #857d6b);
  --accent: light-dark(#0c5a46, #84d8b8);
  --on-accent: light-dark(#ffffff, #06261c);
  --edge: light-dark(#6b5f4570, #8a8371b0);
  --shadow: light-dark(#3b2f1430, #00000080);
  --serif: ui-serif, 'Iowan Old Style', 'Palatino Linotype', Palatino, Georgia, serif;
  --notch: 9px;
  background: var(--page);
  color: var(--text);
  font: 400 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  -webkit-text-size-adjust: 100%;
}
* { box-sizing: border-box; }
body {
  margin: 0;
  min-block-size: 100svh;
  display: grid;
  grid-template-rows: auto 1fr auto;
  padding-inline: max(1rem, env(safe-area-inset-left)) max(1rem, env(safe-area-inset-right));
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.head { min-block-size: 2.75rem; padding-block: 1rem; inline-size: 100%; max-inline-size: 70rem; margin-inline: auto; }
.home {
  display: inline-flex; align-items: center; gap: 0.625rem; min-block-size: 2.75rem;
  color: inherit; font: 500 1.125rem/1.2 var(--serif); text-decoration: none; overflow-wrap: anywhere;
}
.home svg { flex: none; color: var(--accent); }
.perforation { stroke: var(--page); stroke-width: 2; stroke-dasharray: 2 2.4; }
main { inline-size: 100%; max-inline-size: 34rem; margin-inline: auto; padding-block: clamp(1rem, 7vh, 5rem) 3rem; }
.card {
  inline-size: 100%; max-inline-size: 27rem; margin-inline: auto;
  filter: drop-shadow(0 0 0.5px var(--edge)) drop-shadow(0 0 0.5px var(--edge)) drop-shadow(0 10px 22px var(--shadow));
}
.stub, .body {
  background: var(--paper); padding: 1.75rem 2rem;
  mask:
    radial-gradient(circle var(--notch) at 0 var(--cut), #0000 97%, #000) left / 51% 100% no-repeat,
    radial-gradient(circle var(--notch) at 100% var(--cut), #0000 97%, #000) right / 51% 100% no-repeat;
}
.stub { --cut: 100%; border-radius: 12px 12px 0 0; padding-block-end: 1.5rem; }
.body { --cut: 0%; position: relative; border-radius: 0 0 12px 12px; display: grid; gap: 1.25rem; }
.body::before {
  content: ''; position: absolute; inset-block-start: -1px; inset-inline: calc(var(--notch) + 6px);
  border-block-start: 2px dashed var(--line);
}
.eyebrow {
  margin: 0 0 0.5rem; font: 500 0.75rem/1.4 ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
  letter-spacing: 0.12em; text-transform: uppercase; color: var(--accent); overflow-wrap: anywhere;
}
h1 { margin: 0; font: 500 1.875rem/1.15 var(--serif); letter-spacing: -0.01em; text-wrap: balance; overflow-wrap: anywhere; }
.text { margin: 0; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
form { display: grid; gap: 0.75rem; }
.primary, .secondary {
  display: inline-flex; align-items: center; justify-content: center; min-block-size: 3rem;
  padding: 0.625rem 1.25rem; font: 600 1rem/1.25 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  text-align: center; text-decoration: none; overflow-wrap: anywhere;
  border: 1px solid transparent; border-radius: 8px; cursor: pointer;
}
.primary { color: var(--on-accent); background: var(--accent); }
.primary:hover { background: color-mix(in oklab, var(--accent), var(--text) 18%); }
.secondary { color: var(--text); background: none; border-color: var(--field-line); }
.secondary:hover { border-color: var(--text); }
.foot { padding-block: 1.25rem max(1.25rem, env(safe-area-inset-bottom)); color: var(--soft); font-size: 0.8125rem; text-align: center; text-wrap: balance; }
.foot p { margin: 0; }
@media (max-width: 30rem) { .stub, .body { padding-inline: 1.375rem; } }
@media (forced-colors: active) { .stub, .body { mask: none; border: 1px solid; } }
`;

/**
 * Presses for a person whom the browser knows, once the page is seen: one that is drawn
 * ahead or opened behind another waits.
 */
export const goOnScript = `
const goOn = () => {
  if (document.visibilityState !== 'visible' || document.prerendering) return false;
  document.getElementById('at-once').requestSubmit();
  return true;
};
if (!goOn()) {
  for (const name of ['visibilitychange', 'prerenderingchange'])
    document.addEventListener(name, goOn, { once: true });
}
`;
