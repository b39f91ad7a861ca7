import { createReadStream } from "node:fs";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { createContent } from "../replay/content";
import { isLoss, lineOf } from "../replay/problems";
import { readContent } from "../replay/read-content";
import { createS3Reader } from "../replay/s3";
import { nameOfSource, type Source, sourcesOf } from "../replay/source";
import { usageError } from "../verb";

/**
 * The records in files, folders or objects of S3, in any form that `replay` reads, one after the other.
 *
 * @throws a usage error that names what could not be read
 */
export async function readRecords(paths: string[]): Promise<CloudTrailRecord[]> {
  const s3 = createS3Reader();
  const records: CloudTrailRecord[] = [];
  const problems: string[] = [];
  const open = (source: Source) => {
    if (source.kind === "stdin") return process.stdin;
    return source.kind === "s3" ? s3.get(source.bucket, source.key) : createReadStream(source.path);
  };
  for await (const source of sourcesOf(paths, s3.list)) {
    if (source.kind === "unreadable") {
      problems.push(`${source.name}: ${source.reason}`);
      continue;
    }
    const isOpenedAgain = source.kind === "s3" || (source.kind === "file" && source.isStream !== true);
    const content = createContent(nameOfSource(source), () => open(source), {
      again: isOpenedAgain,
      bytes: source.bytes,
    });
    await readContent(content, true, {
      record: (record) => records.push(record),
      object: ({ bucket, key }) =>
        problems.push(`${nameOfSource(source)}: it names s3://${bucket}/${key}: read that`),
      problem: (problem) => {
        if (isLoss(problem)) problems.push(lineOf(problem));
      },
      // All forms alike: the reader of log files hands on what detections want, and here all is wanted.
      readLogFile: () => Promise.resolve(false),
    });
  }
  if (problems.length > 0) throw usageError(problems.join("\n"));
  if (records.length === 0)
    throw usageError(`expected CloudTrail records in ${paths.join(", ")}, found none`);
  return records;
}
