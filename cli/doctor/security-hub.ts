import { callsTo } from "../../handlers/aws/call";
import { codeOf, isDenied, ok, type Step, unknown, wrong } from "./step";

/** Security Hub takes findings of the stack's account. */
export const securityHubTakes: Step = {
  title: "Security Hub takes findings",
  async run({ settings, aws }) {
    const { securityHub, account, region } = settings;
    if (!securityHub) return [ok("findings are not imported: cloudtrailer:securityHub is false")];
    const calls = callsTo("securityhub", region);
    try {
      await aws(calls("DescribeHub", {}));
    } catch (error) {
      if (isDenied(error))
        return [unknown("whether Security Hub is enabled cannot be seen with your credentials")];
      // What AWS answers to whoever has not enabled it.
      if (codeOf(error) !== "InvalidAccessException") throw error;
      return [
        wrong(`Security Hub is not enabled in ${account} ${region}: no finding is imported`, {
          say: "enable it, without the standards, which cost extra; or set cloudtrailer:securityHub to false",
          calls: [calls("EnableSecurityHub", { EnableDefaultStandards: false })],
        }),
      ];
    }
    return [ok(`it is enabled in ${account} ${region}`)];
  },
};
