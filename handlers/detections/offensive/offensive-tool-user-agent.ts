import { fieldsOf, textOf } from "../../json";
import { serviceOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";

/**
 * How attack tools and distributions identify themselves; `only` for tools that have honest uses in other services.
 */
const tools: { text: string; only?: string }[] = [
  { text: "BlackArch" },
  { text: "Kali" },
  { text: "Pacu" },
  { text: "Parrot" },
  { text: "Pentoo" },
  { text: "S3 Browser", only: "iam" },
  { text: "TruffleHog" },
  { text: "Trufflehog" },
  { text: "blackarch" },
  { text: "cloudfox" },
  { text: "kali" },
  { text: "pacu" },
  { text: "parrot" },
  { text: "pentoo" },
  { text: "trufflehog" },
];

export const offensiveToolUserAgent: Detection = {
  id: "offensive-tool-user-agent",
  title: "Offensive tool user agent",
  severity: "high",
  attack: { technique: "T1078.004" },
  tier: "core",
  noise: "none",
  events: ["*"],
  hint: { field: "userAgent", texts: tools.map(({ text }) => text) },
  remediation: "contain",
  match(record) {
    const agent = textOf(record.userAgent) ?? "";
    const found = tools.some(
      ({ text, only }) => (only === undefined || only === serviceOf(record)) && isWordIn(text, agent),
    );
    if (!found) return undefined;
    return {
      evidence: evidenceAt(record, "userAgent", "userIdentity.accessKeyId", "sourceIPAddress"),
      resources: resourcesOf("AWS::IAM::AccessKey", fieldsOf(record.userIdentity).accessKeyId),
    };
  },
  runbook: [
    "Ask whether you are running a test; if so, make an exception for its principal until it ends.",
    "If not, deactivate the access key or revoke the role's sessions: somebody is testing credentials they found.",
    "Find out where the key was exposed, and list everything it did from that address.",
  ],
  falsePositives: ["Penetration testers you engaged; a colleague who works on Kali Linux."],
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys-update.html",
  ],
};

/** Whether the text contains the word, and not as part of a longer word. */
function isWordIn(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!/[a-z]/i.test(text.charAt(at - 1)) && !/[a-z]/i.test(text.charAt(at + word.length))) return true;
  return false;
}
