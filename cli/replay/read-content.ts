import type { Container } from "./containers/container";
import { containers } from "./containers/index";
import { type Content, keptContent, wholeOf } from "./content";
import { foreignBytes, litterOf } from "./foreign";
import type { Problem } from "./problems";
import { readText } from "./read-text";
import { createReport, type Taker } from "./report";
import { reasonOf } from "./source";
import { encodingOf } from "./text/encoding";

/** Maximum nesting of containers. */
const maxDepth = 8;
/** Entries of archives up to this size are kept in memory, so that the reader of log files can try them. */
const maxKeptBytes = 64 * 1024 ** 2;

/** What reading contents needs. */
export interface ReadContentOptions extends Taker {
  /** Reads a log file; false if it is not one or is broken, in which case nothing was taken from it. */
  readLogFile(content: Content): Promise<boolean>;
  problem(problem: Problem): void;
}

/**
 * Reads any content: unpacks it as often as needed, and takes the records from the text inside. Whatever cannot be read is a
 * problem with its name; nothing is thrown.
 */
export async function readContent(
  given: Content,
  isNamed: boolean,
  options: ReadContentOptions,
  depth = 0,
): Promise<void> {
  let content = given;
  try {
    content = await keptContent(given, maxKeptBytes);
    await readAnything(content, isNamed, options, depth);
  } catch (error) {
    options.problem({ kind: "unreadable", name: content.name, reason: reasonOf(error), isNamed });
  } finally {
    // It was read, or its error has been reported.
    for (const one of new Set([content, given])) await one.close().catch(() => {});
  }
}

async function readAnything(
  content: Content,
  isNamed: boolean,
  options: ReadContentOptions,
  depth: number,
): Promise<void> {
  const { name } = content;
  if (content.again && (await options.readLogFile(content))) return;
  const head = await content.head();
  const problem = (kind: Problem["kind"], reason: string) => options.problem({ kind, name, reason, isNamed });
  const litter = litterOf(head);
  if (litter !== undefined) return problem("passed-over", litter);
  const container = containers.find((one) => one.is(head));
  if (container !== undefined) return readInside(container, content, isNamed, options, depth);
  if (head.length === 0) {
    await wholeOf(content, maxKeptBytes); // what broke before its first byte has its own reason
    return problem("foreign", "it is empty");
  }
  const foreign = encodingOf(head).name === "utf-8" ? foreignBytes(head) : undefined;
  if (foreign !== undefined) return problem("foreign", foreign);
  await readReported(content, isNamed, options);
}

async function readReported(content: Content, isNamed: boolean, options: ReadContentOptions): Promise<void> {
  const report = createReport(content.name, isNamed, options);
  let failure: unknown;
  try {
    await readText(content, report);
  } catch (error) {
    failure = error;
  }
  const problems = report.problems();
  const isEmpty = problems.every(({ kind }) => kind === "foreign");
  if (failure !== undefined)
    options.problem({
      kind: report.records() > 0 ? "damaged" : "unreadable",
      name: content.name,
      reason: reasonOf(failure),
      isNamed,
    });
  // If a text could not be read at all, that is all there is to say.
  for (const problem of problems) if (failure === undefined || !isEmpty) options.problem(problem);
}

async function readInside(
  container: Container,
  content: Content,
  isNamed: boolean,
  options: ReadContentOptions,
  depth: number,
): Promise<void> {
  const { name } = content;
  const problem = (kind: Problem["kind"], reason: string) => options.problem({ kind, name, reason, isNamed });
  if (depth >= maxDepth) return problem("unreadable", `more than ${maxDepth} nested containers`);
  let count = 0;
  try {
    for await (const inside of container.contents(content)) {
      count += 1;
      // An entry of an archive was not named by a person.
      const isNamedInside = isNamed && inside.name === name;
      if ("refused" in inside)
        options.problem({
          kind: "foreign",
          name: inside.name,
          reason: inside.refused,
          isNamed: isNamedInside,
        });
      else await readContent(inside, isNamedInside, options, depth + 1);
    }
    if (count === 0) problem("foreign", `a ${container.form} without files`);
  } catch (error) {
    problem(count > 0 ? "damaged" : "unreadable", reasonOf(error));
  }
}
