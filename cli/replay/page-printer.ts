import type { Exception } from "../../handlers/settings";
import { deliverPage } from "../page/deliver";
import type { ReportedFinding } from "../report/model";
import type { Io } from "../verb";
import type { ReplayFinding } from "./findings";

/** Takes findings, and shows them at once or at the end. */
export interface Printer {
  count(): number;
  print(finding: ReplayFinding): void;
  /** @param open what could not be decided from these files */
  end(counts: { records: number; sources: number }, open: string[]): Promise<void>;
}

/** Creates the printer of a page. What makes pictures is loaded only for it. */
export async function createPagePrinter(
  values: { output: string | undefined; open: boolean },
  about: { verb: string; title: string; did: string; exceptions: Exception[] | undefined; now: number },
  io: Io,
): Promise<Printer> {
  const { createReportModel } = await import("../report/model");
  const { pageOf } = await import("../report/page");
  const report = createReportModel();
  let findings = 0;
  return {
    count: () => findings,
    print(finding) {
      findings++;
      report.add(reportedOf(finding));
    },
    async end({ records, sources }, open) {
      io.progress?.("");
      for (const what of open) io.err(`cloudtrailer ${about.verb}: not decided: ${what}`);
      const number = (count: number) => count.toLocaleString("en");
      const html = pageOf(report.model(), {
        title: about.title,
        scope: `${about.did} ${number(records)} records of ${number(sources)} ${sources === 1 ? "file" : "files"}; nothing was changed`,
        now: about.now,
        ...(about.exceptions === undefined ? {} : { exceptions: about.exceptions }),
      });
      await deliverPage(html, values, io);
    },
  };
}

function reportedOf({ actor, ...finding }: ReplayFinding): ReportedFinding {
  return { ...finding, actor: actor.arn ?? actor.name };
}
