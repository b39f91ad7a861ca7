import { didYouMean } from "../infra/checks";
import { type Io, isUsageError, type Run } from "./verb";

/** How a verb is called, what it is for, and where it is; it is loaded when it is called. */
interface Verb {
  usage: string;
  summary: string;
  load(): Promise<{ run: Run }>;
}

const verbs: Record<string, Verb> = {
  local: {
    usage: "local [--port P] [--team T] [--mode alert|plan|fix]",
    summary: "AWS on this machine, with the whole system deployed on it, until Ctrl-C",
    load: () => import("./local"),
  },
  replay: {
    usage: "replay [--format table|jsonl] [--config FILE] PATH…",
    summary: "findings in log files, folders, saved notifications or s3://bucket/prefix; changes nothing",
    load: () => import("./replay"),
  },
  rollback: {
    usage: "undo FINDING --why TEXT --table NAME [--region R] [--endpoint URL] [--force] [--yes]",
    summary: "takes a fix back by its receipt, and makes the detector leave that alone",
    load: () => import("./undo"),
  },
  mode: {
    usage:
      "mode [off|alert|plan|fix --why TEXT] [--detection ID] [--until TIME] --table NAME [--region R] [--endpoint URL]",
    summary: "the kill switch: lowers what is done about findings, within a minute; without a mode, shows it",
    load: () => import("./mode"),
  },
  report: {
    usage: "report [--since 7d] [--format table|json] --table NAME [--region R] [--endpoint URL]",
    summary: "what was and what would have been fixed, refused and why, by detection",
    load: () => import("./report"),
  },
  redrive: {
    usage: "redrive --queue URL --function NAME [--region R] [--endpoint URL]",
    summary: "hands the notifications of the failure queue to the function again",
    load: () => import("./redrive"),
  },
  story: {
    usage: "story",
    summary: "everything from a notification to an undone attack, shown once on this machine (npm start)",
    load: () => import("./story"),
  },
  detections: {
    usage: "detections [ID]",
    summary: "the catalogue of detections, or one of them",
    load: () => import("./detections"),
  },
  bench: {
    usage: "bench [--json] [FILE…]",
    summary: "how fast log files are read here, and against what",
    load: () => import("./bench"),
  },
};

/**
 * `cloudtrailer <verb> …`. Resolves with the exit code: 0; 1 when it could not be done; 2 when the arguments are wrong, or
 * what else the verb means by it.
 *
 * @param args what stands behind the program's name
 */
export async function main(args: string[], io: Io = terminal()): Promise<number> {
  const [name = "help", ...rest] = args;
  if (name === "help" || name === "--help" || name === "-h") {
    for (const line of help()) io.out(line);
    return args.length === 0 ? 2 : 0;
  }
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (verb === undefined) {
    io.err(
      `cloudtrailer: expected a verb, found ${JSON.stringify(name)}${didYouMean(name, Object.keys(verbs))}`,
    );
    io.err(`Verbs: ${Object.keys(verbs).join(", ")}. See cloudtrailer --help.`);
    return 2;
  }
  try {
    const { run } = await verb.load();
    return await run(rest, io);
  } catch (error) {
    // Some verbs have more to say about themselves, and take --help as an option.
    if (isUsageError(error) && rest.some((one) => one === "--help" || one === "-h")) {
      io.out(`cloudtrailer ${verb.usage}`);
      io.out(`    ${verb.summary}`);
      return 0;
    }
    if (isUsageError(error)) {
      io.err(`cloudtrailer ${name}: ${error.message}`);
      io.err(`Usage: cloudtrailer ${verb.usage}`);
      return 2;
    }
    io.err(`cloudtrailer ${name}: ${told(error)}`);
    return 1;
  }
}

/** Where in the program an error comes from helps with the program's own mistakes alone. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (["TypeError", "ReferenceError", "RangeError", "SyntaxError"].includes(error.name))
    return error.stack ?? error.message;
  return error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
}

function help(): string[] {
  return [
    "cloudtrailer finds and fixes security problems automatically with CloudTrail and Lambda.",
    "",
    ...Object.values(verbs).flatMap(({ usage, summary }) => [`  cloudtrailer ${usage}`, `      ${summary}`]),
  ];
}

function terminal(): Io {
  const io: Io = {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  };
  // Return to the first column, and erase the line.
  if (process.stderr.isTTY) io.progress = (text) => process.stderr.write(`\r\u001b[2K${text}`);
  return io;
}
