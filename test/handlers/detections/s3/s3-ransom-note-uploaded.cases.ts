import { call, type Cases, service } from "../support/cases";

const put = (key: string, event = "s3:PutObject") => call(event, { bucketName: "payroll", key });

export const cases: Cases = {
  hits: [
    {
      name: "files deleted",
      record: put("FILES-DELETED.txt"),
      evidence: "requestParameters.key",
      resources: ["payroll"],
    },
    { name: "a copy", record: put("FILES-DELETED.txt", "s3:CopyObject") },
    ...[
      "2025/RANSOM_NOTE.md",
      "how_to_decrypt.html",
      "RANSOMWARE-NOTE.txt",
      "How to get your files back.txt",
      "README_RESTORE_DATA.txt",
      "recover-your-files.TXT",
      "your data has been stolen.txt",
      "DECRYPT_INSTRUCTIONS.txt",
      "All files were encrypted.HTM",
    ].map((key) => ({ name: key, record: put(key) })),
  ],
  quiet: [
    ...[
      "README.md",
      "readme.txt",
      "index.html",
      "2025/how-to-install.html",
      "blog/what-is-ransomware.html",
      "README_data.txt",
      "how-to-restore-a-password.html",
      "deleted.txt",
      "files.txt",
      "data/restored.csv",
      "ransom/january.csv",
      "encrypted-volumes.md",
    ].map((key) => ({ name: key, record: put(key) })),
    { name: "a copy of a page", record: put("index.html", "s3:CopyObject") },
    { name: "no key", record: call("s3:PutObject", { bucketName: "payroll" }) },
    {
      name: "a service",
      record: { ...put("FILES-DELETED.txt"), userIdentity: service("backup.amazonaws.com") },
    },
  ],
};
