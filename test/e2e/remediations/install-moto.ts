import { pythonWith } from "../../support/python-package";

/**
 * Installs moto if it is missing: its server has services and calls that MiniStack lacks (GuardDuty, Security Hub,
 * Organizations), and no permissions.
 *
 * @returns the Python that has it
 */
export function installMoto(): Promise<string> {
  return pythonWith("moto[server]==5.2.5", "venv-moto");
}

if (require.main === module) void installMoto();
