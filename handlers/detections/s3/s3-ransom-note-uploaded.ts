import { textParameterOf } from "../../cloudtrail/parameters";
import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

/**
 * What extortionists call their letters, in words: `FILES-DELETED.txt`, `how_to_decrypt_files.html`, `RANSOM_NOTE.md`; not
 * pages about ransomware.
 */
const note =
  /ransom(?!ware(?! note))|decrypt instruction|(?:how to|read ?me) .*(?:decrypt|(?:recover|restore|unlock|get) .*(?:files|data))|(?:decrypt|recover|restore|unlock) (?:your|my|all) (?:files|data)|(?:files|data|buckets?|backups?) (?:are |were |have |been |is |was |has )*(?:deleted|encrypted|locked|stolen)/;

/** What people open without a program. The cases are those of the hint. */
const readable = /\.(?:txt|TXT|html?|HTML?|md|MD)$/;

export const s3RansomNoteUploaded: Detection = {
  id: "s3-ransom-note-uploaded",
  title: "File named like a ransom note uploaded",
  severity: "high",
  attack: { technique: "T1486" },
  tier: "extended",
  noise: "rare",
  events: ["s3:CopyObject", "s3:PutObject"],
  hint: { field: "requestParameters", texts: ['.txt"', '.TXT"', ".htm", ".HTM", '.md"', '.MD"'] },
  remediation: "alert",
  match(record, context) {
    const key = textParameterOf(record, "key") ?? "";
    const file = key.slice(key.lastIndexOf("/") + 1);
    if (file.length > 200 || !readable.test(file)) return undefined;
    if (!note.test(file.toLowerCase().replace(/[\W_]+/g, " "))) return undefined;
    return calledByHand(
      record,
      context,
      ["bucketName", "key"],
      named(record, "AWS::S3::Bucket", "bucketName"),
    );
  },
  runbook: [
    "Read the file, from another account or offline, and look at what is left in the bucket.",
    "Revoke the actor's permissions at once, and suspend lifecycle rules: earlier versions may still be there.",
    "Find the actor's reads before the deletion; whoever leaves such a note has usually copied the data.",
  ],
  falsePositives: ["Documentation about restoring files. Seen only if the trail records S3 data events."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html",
  ],
};
