import type { PageEvent, ShownAlert } from "./feed";

/**
 * What the page runs in the browser. It is sent as text, so it may use nothing but what a browser has. Everything from a
 * record becomes a text node.
 */
export function runInBrowser(): void {
  const byId = (id: string) => document.getElementById(id) as HTMLElement;
  const maxLines = 300;

  function el(name: string, attributes: Record<string, string> = {}, ...contents: (Node | string)[]) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...contents);
    return element;
  }

  function tag(kind: string, word: string) {
    return el("span", { class: `tag ${kind}` }, el("span", {}, word));
  }

  function say(text: string): void {
    byId("status").textContent = text;
  }

  async function post(path: string, body: object): Promise<string> {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const { message } = (await response.json()) as { message: string };
    if (!response.ok) throw new Error(message);
    return message;
  }

  /** Runs what a button asks for; it cannot be pressed again meanwhile, and keeps the focus. */
  async function pressed(button: HTMLElement, doing: string, work: () => Promise<string>): Promise<void> {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    say(doing);
    try {
      say(await work());
    } catch (error) {
      say(`That failed: ${(error as Error).message}`);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }

  function showAlert({ finding, subject, mail, sms, canRollBack }: ShownAlert): void {
    const contents = [
      el("h3", {}, "E-mail"),
      el(
        "div",
        { class: "mail" },
        el("p", { class: "subject" }, subject),
        el("pre", { tabindex: "0", role: "region", "aria-label": "Text of the e-mail" }, mail),
      ),
      el("h3", {}, "SMS"),
      el("p", { class: "sms" }, sms),
    ];
    byId("detail").replaceChildren(...(canRollBack ? [rollbackForm(finding), ...contents] : contents));
    for (const one of document.querySelectorAll("#alerts button"))
      one.setAttribute("aria-pressed", String(one.getAttribute("data-finding") === finding));
  }

  function rollbackForm(finding: string): HTMLElement {
    const why = el("input", { id: "why", required: "", autocomplete: "off" }) as HTMLInputElement;
    const button = el("button", { type: "submit" }, "Roll back the fix");
    const form = el("form", { class: "rollback" }, el("label", { for: "why" }, "Why?"), why, button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void pressed(button, "Rolling back…", () => post("/rollback", { finding, why: why.value }));
    });
    return form;
  }

  function addAlert(at: string, alert: ShownAlert): void {
    const button = el(
      "button",
      { type: "button", class: "alert", "aria-pressed": "false", "data-finding": alert.finding },
      el("span", { class: "row" }, tag(alert.severity, alert.severity), tag(alert.group, alert.outcome), at),
      el("span", {}, alert.title),
      el("code", {}, alert.detection),
    );
    button.addEventListener("click", () => showAlert(alert));
    byId("alerts").prepend(el("li", {}, button));
    byId("no-alerts").hidden = true;
  }

  function addEvent({ number, at, kind, text, alert }: PageEvent): void {
    const time = at.slice(11, 19);
    const item = el(
      "li",
      { "data-number": String(number) },
      el("time", {}, time),
      tag(`kind-${kind.replace(" ", "-")}`, kind),
      el("span", {}, text),
    );
    const list = byId("events");
    list.prepend(item);
    while (list.children.length > maxLines) list.lastElementChild?.remove();
    if (alert !== undefined) addAlert(time, alert);
  }

  for (const button of document.querySelectorAll<HTMLElement>("[data-attack]"))
    button.addEventListener("click", () => {
      const id = button.getAttribute("data-attack") as string;
      void pressed(button, `${button.textContent}…`, () => post("/attacks", { id }));
    });

  const source = new EventSource("/events");
  source.addEventListener("message", ({ data }) => addEvent(JSON.parse(data as string) as PageEvent));
  source.addEventListener("open", () => say("Connected. Press a button, or use any AWS client."));
  source.addEventListener("error", () => say("Not connected: is cloudtrailer local still running?"));
}
