import { commonOptions } from "./arguments";
import type { Option, Verb } from "./verb";

/** Width of the help text, whatever the terminal. */
export const helpWidth = 80;

/** The output of `cloudtrailer <verb> --help`. */
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

/** The output of `cloudtrailer --help`. */
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

/** Width of the terms, including the gap. A longer term gets its own line. */
const termWidth = 24;

/** Terms, each with its description beside or below it. */
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

/** Text wrapped at spaces to the given width; lines after the first are indented. */
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
