/** The look of the page of a stack on this machine, besides that of all pages. */
export const localCss = `
h3 { font-size: .95rem; margin: 1rem 0 .25rem; }
button { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: .4rem;
  padding: .45rem .8rem; cursor: pointer; text-align: left; }
button:hover { border-color: var(--link); }
button[aria-disabled="true"] { opacity: .55; cursor: progress; }
button[type="submit"] { background: var(--link); border-color: var(--link); color: var(--card); font-weight: 600; }
input { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--soft); border-radius: .4rem;
  padding: .4rem .6rem; min-width: 0; flex: 1; }
#status { min-height: 1.5em; font-weight: 600; }
.buttons { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .5rem; }
.columns { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 1rem; align-items: start; }
.columns > .card { margin: 0; }
.plain { list-style: none; margin: 0; padding: 0; }
#alerts { display: grid; gap: .5rem; max-height: 36rem; overflow-y: auto; padding: 3px; }
.alert { display: grid; gap: .15rem; width: 100%; }
.alert[aria-pressed="true"] { border-color: var(--link); box-shadow: inset 3px 0 0 var(--link); }
.row { display: flex; flex-wrap: wrap; gap: 0 1rem; color: var(--soft); font-size: .9rem; }
.alert code { color: var(--soft); }
.mail { border: 1px solid var(--line); border-radius: .4rem; overflow: hidden; }
.mail .subject { margin: 0; padding: .5rem .75rem; font-weight: 600; border-bottom: 1px solid var(--line); background: var(--back); }
.mail pre { margin: 0; padding: .75rem; font: .82rem/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
  max-height: 26rem; overflow-y: auto; }
.sms { max-width: 22rem; padding: .6rem .9rem; border-radius: 1rem 1rem 1rem .2rem; background: var(--back);
  border: 1px solid var(--line); font-size: .9rem; }
.rollback { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.log { max-height: 24rem; overflow-y: auto; }
#events li { display: flex; gap: .75rem; padding: .2rem 0; border-bottom: 1px solid var(--line); font-size: .88rem;
  overflow-wrap: anywhere; }
#events time { color: var(--soft); font-variant-numeric: tabular-nums; }
#events .tag { min-width: 5.5rem; }
.kind-call { color: var(--low); } .kind-log-file { color: var(--info); } .kind-alert { color: var(--high); }
.kind-watch { color: var(--medium); } .kind-error { color: var(--critical); } .kind-rollback, .kind-rule { color: var(--open); }
@media (max-width: 60rem) { .columns { grid-template-columns: minmax(0, 1fr); } }
`;
