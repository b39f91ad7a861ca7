import { commonOptions } from "./arguments";
import type { Option, Verb } from "./verb";

/** Columns that help fits in, whatever the terminal has. */
export const helpWidth = 80;

/** What `cloudtrailer <verb> --help` prints. */
export function helpOf(verb: Verb): string[] {
  const options = Object.entries({ ...verb.options, ...commonOptions }).map(
    ([name, option]): [string, string] => [termOf(name, option), descriptionOf(option)],
  );
  const details = verb.details?.split("\n\n").flatMap((paragraph) => ["", ...wrapped(paragraph, helpWidth)]);
  return [
    ...wrapped(`Usage: cloudtrailer ${verb.usage}`, helpWidth, " ".repeat(9)),
    "",
    ...wrapped(`${verb.summary}.`, helpWidth),
    ...(details ?? []),
    "",
    "Options:",
    ...definitions(options),
  ];
}

/** What `cloudtrailer --help` prints. */
export function overviewOf(verbs: Verb[]): string[] {
  return [
    ...wrapped("Finds and fixes security problems automatically with CloudTrail and Lambda.", helpWidth),
    "",
    "Usage: cloudtrailer VERB [options]",
    "",
    "Verbs:",
    ...definitions(verbs.map(({ usage, summary }) => [usage.replace(" [options]", ""), summary])),
    "",
    ...wrapped("cloudtrailer VERB --help describes a verb and its options.", helpWidth),
  ];
}

function termOf(name: string, { short, value }: Option): string {
  return `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}

function descriptionOf({ description, default: byDefault, multiple }: Option): string {
  const notes = [
    ...(multiple ? ["may be repeated"] : []),
    ...(byDefault === undefined ? [] : [`default: ${byDefault}`]),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join("; ")})`;
}

/** Columns of the terms, with the gap after them. A longer term has a line to itself. */
const termWidth = 24;

/** Terms, each with its description beside it or below it. */
function definitions(entries: [term: string, description: string][]): string[] {
  const indent = " ".repeat(termWidth);
  return entries.flatMap(([term, description]) => {
    const lines = wrapped(description, helpWidth - termWidth).map((line) => indent + line);
    const [first = "", ...rest] = lines;
    const label = `  ${term}`;
    return label.length < termWidth - 1
      ? [label.padEnd(termWidth) + first.slice(termWidth), ...rest]
      : [label, ...lines];
  });
}

/** Text in lines of at most so many columns, broken at spaces; lines after the first are indented. */
export function wrapped(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line === "") line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];
}
