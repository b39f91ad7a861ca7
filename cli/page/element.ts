import { parseHTML } from "linkedom";

/** What an element contains. Strings become text nodes, so nothing in them is markup. */
export type Content = Node | string | number | undefined | Content[];

/** Builds the elements of one page. */
export interface Builder {
  document: Document;
  /** An element. Attributes that are undefined are omitted; they must not come from records. */
  el(name: string, attributes?: Record<string, string | undefined>, ...contents: Content[]): HTMLElement;
}

/** Creates the builder of a new page, with an empty `head` and `body`. */
export function createBuilder(): Builder {
  const { document } = parseHTML("<!doctype html><html lang='en'><head></head><body></body></html>");
  return {
    document,
    el(name, attributes = {}, ...contents) {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes))
        if (value !== undefined) element.setAttribute(key, value);
      for (const one of contents.flat(Infinity as 10) as (Node | string | number | undefined)[])
        if (one !== undefined)
          element.append(typeof one === "object" ? one : document.createTextNode(String(one)));
      return element;
    },
  };
}
