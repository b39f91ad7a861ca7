import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Zippable, zipSync } from "fflate";
import type { Values } from "../property";

/** The same for every archive, so that the same files give the same bytes. The earliest date that zip can express. */
const fileTime = new Date(1980, 0, 1);

/** Files and texts by path in a Pulumi archive, in the form of mocks (`__pulumiArchive`) or of the engine (a signature). */
function filesOf(archive: Values, prefix = ""): Zippable {
  const { assets } = archive;
  if (typeof assets !== "object" || assets === null) {
    throw new Error(
      `expected a function's code to be an AssetArchive of texts and files, found an archive with ` +
        `${Object.keys(archive).join(", ")}${prefix && ` at ${prefix}`}.`,
    );
  }
  const files: Zippable = {};
  for (const [name, asset] of Object.entries(assets as Record<string, Values>).sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    const path = prefix + name;
    if (typeof asset.text === "string") files[path] = new TextEncoder().encode(asset.text);
    else if (typeof asset.path === "string") files[path] = readFileSync(asset.path);
    else Object.assign(files, filesOf(asset, `${path}/`));
  }
  return files;
}

/** A function's code as Lambda takes it. */
export interface CodeArchive {
  zip: Uint8Array;
  /** SHA-256 of the zip in base64: Lambda's `CodeSha256`. */
  sha256: string;
}

/** Zips a Pulumi archive; the same files give the same bytes. */
export function zipArchive(archive: unknown): CodeArchive {
  const zip = zipSync(filesOf(archive as Values), { mtime: fileTime, level: 9 });
  return { zip, sha256: createHash("sha256").update(zip).digest("base64") };
}
