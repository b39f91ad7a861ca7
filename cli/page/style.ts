/** The look of all pages: light, dark and printed. Colors of severities and outcomes keep their contrast in each. */
export const baseCss = `
:root {
  color-scheme: light dark;
  --back: #fafafa; --card: #ffffff; --ink: #1c2127; --soft: #5c6670; --line: #d9dee3; --link: #0b5cad;
  --critical: #a3123b; --high: #d4452a; --medium: #d99a0b; --low: #3a86c8; --info: #8a949e;
  --fixed: #2a7d4f; --would-fix: #3a78c8; --settled: #6aa98a; --alerted: #8a949e; --not-fixed: #c23b22; --open: #7a4fb5; --imported: #8f7346;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #14181c; --card: #1c2127; --ink: #e8ebee; --soft: #a3adb7; --line: #343c44; --link: #7ab8f5;
    --critical: #f0527a; --high: #ff7a5c; --medium: #f0bb4a; --low: #6db2ee; --info: #8e99a4;
    --fixed: #56b881; --would-fix: #6fa8f0; --settled: #86c5a6; --alerted: #8e99a4; --not-fixed: #ff7a5c; --open: #b48ef0; --imported: #c9a86a;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--back); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.15rem; margin: 0 0 .25rem; }
p { margin: .25rem 0; }
a { color: var(--link); }
.soft { color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem 1.25rem; margin: 1rem 0; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1rem 0; padding: 0; }
.numbers > div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; }
.numbers dt { color: var(--soft); font-size: .85rem; }
.numbers dd { margin: 0; font-size: 1.7rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top;
  overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.fixed-width { white-space: nowrap; font-variant-numeric: tabular-nums; }
code { font: .875em ui-monospace, monospace; overflow-wrap: anywhere; }
.tag { display: inline-block; white-space: nowrap; font-weight: 600; }
.tag::before { content: ""; display: inline-block; width: .65em; height: .65em; border-radius: 50%; margin-right: .45em;
  background: currentColor; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
.low { color: var(--low); } .info { color: var(--info); }
.fixed { color: var(--fixed); } .would-fix { color: var(--would-fix); } .settled { color: var(--settled); }
.alerted { color: var(--alerted); } .not-fixed { color: var(--not-fixed); } .open { color: var(--open); } .imported { color: var(--imported); }
.tag > span { color: var(--ink); }
.legend .tag { font-weight: 400; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: .25rem 0; padding: 0; font-size: .9rem; }
figure { margin: .5rem 0; }
figure svg { display: block; width: 100%; height: auto; max-width: 100%; overflow: visible; }
figure svg text { white-space: pre; }
details { margin-top: .5rem; }
summary { cursor: pointer; color: var(--link); width: fit-content; }
@media screen and (max-width: 44rem) {
  body { padding: .75rem; }
  figure svg { min-width: 40rem; }
  .scroll table { min-width: 38rem; }
}
@media print {
  :root { color-scheme: light; --back: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  .card, .numbers > div { break-inside: avoid; border-color: #bbb; }
  .card.long { break-inside: auto; }
  tr { break-inside: avoid; }
  .skip { display: none; }
  details > summary { display: none; }
}
`;
