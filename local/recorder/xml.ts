/** An XML element. `text` is its direct text, with entities resolved. */
export interface XmlElement {
  /** Without its namespace prefix. */
  name: string;
  /** With their prefixes: `xsi:type`. */
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

/** Deeper than any answer or request of AWS; a hostile body must not exhaust the stack. */
const deepest = 64;

const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function resolveEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,8}));/gi, (all, hex, decimal, name) => {
    if (name !== undefined) return entities[name] ?? all;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, double, single] of text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (name !== undefined) attributes[name] = resolveEntities(double ?? single ?? "");
  }
  return attributes;
}

const token =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<[?!][^>]*>|<\/([^\s>]+)\s*>|<([^\s/>]+)((?:"[^"]*"|'[^']*'|[^"'>])*?)(\/?)>|([^<]+)/g;

/**
 * Reads an XML document as written by AWS's services and clients: no document types, no custom entities.
 *
 * @throws Error if it is not well-formed
 */
export function parseXml(text: string): XmlElement {
  const top: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open: XmlElement[] = [top];
  for (const [, cdata, closing, opening, attributes, empty, plain] of text.matchAll(token)) {
    const current = open[open.length - 1] as XmlElement;
    if (cdata !== undefined) current.text += cdata;
    else if (plain !== undefined) current.text += resolveEntities(plain);
    else if (opening !== undefined) {
      const element = {
        name: bare(opening),
        attributes: attributesOf(attributes ?? ""),
        children: [],
        text: "",
      };
      current.children.push(element);
      if (!empty) open.push(element);
      if (open.length > deepest) throw new Error(`XML is nested deeper than ${deepest} elements`);
    } else if (closing !== undefined) {
      if (open.length === 1 || current.name !== bare(closing)) {
        throw new Error(`XML closes <${closing}> where <${current.name}> is open`);
      }
      open.pop();
    }
  }
  const [root] = top.children;
  if (open.length !== 1 || !root) throw new Error("XML ends before its root element does");
  return root;
}

function bare(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** The first child of this name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/**
 * An element as CloudTrail writes undecoded XML: attributes and children as keys, one as itself and several as an array, text
 * beside attributes as `content`, and what looks like a number or a boolean as one.
 */
export function xmlToJson(element: XmlElement): unknown {
  const attributes = Object.entries(element.attributes);
  if (element.children.length === 0) {
    const value = scalarOf(element.text.trim());
    if (attributes.length === 0) return value;
    return { ...typedAttributes(attributes), ...(value === "" ? {} : { content: value }) };
  }
  const json: Record<string, unknown> = typedAttributes(attributes);
  for (const child of element.children) addOneOrMany(json, child.name, xmlToJson(child));
  return json;
}

function typedAttributes(attributes: [string, string][]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(([name, value]) => [name, scalarOf(value)]));
}

/** One value as itself, several as an array. */
export function addOneOrMany(json: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") return;
  const before = json[name];
  if (before === undefined) json[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else json[name] = [before, value];
}

/** A text as the boolean or number it represents, if nothing of it is lost. */
export function scalarOf(text: string): string | number | boolean {
  if (text === "true") return true;
  if (text === "false") return false;
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/.test(text) && String(Number(text)) === text) return Number(text);
  return text;
}
