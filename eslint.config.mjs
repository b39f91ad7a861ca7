import { readFileSync } from "node:fs";
import tseslint from "typescript-eslint";
import closures from "./scripts/lint/closures.mjs";

// What the closure serializer drops, breaks or recreates on each call, often silently (docs/closures.md). `npx cloudtrailer
// test` reports the same of rules in own/. The rules that need types are in .oxlintrc.json: oxlint reads them several times faster.
const inAClosure = JSON.parse(
  readFileSync(new URL("./scripts/lint/in-a-closure.json", import.meta.url), "utf8"),
);

export default tseslint.config(
  // assembly/ is AssemblyScript, which shares TypeScript's syntax but not its types.
  { ignores: ["node_modules/", ".local/", "coverage/", "assembly/"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
      eqeqeq: "error",
      "no-console": "off",
    },
  },
  {
    files: ["handlers/**/*.ts", "own/**/*.ts"],
    plugins: { closures },
    rules: {
      "no-restricted-syntax": ["error", ...inAClosure],
      "closures/no-global-name": "error",
      "closures/define-before-capture": "error",
    },
  },
  {
    files: ["handlers/**/*.ts", "policies/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: ["@pulumi/*", "**/infra/*", "**/local/*", "**/cli/*", "**/test/*"] },
      ],
    },
  },
  {
    files: ["index.ts", "{bench,cli,handlers,infra,local,policies,scripts}/**/*.{ts,mjs}"],
    rules: { complexity: ["error", 15] },
  },
  { files: ["**/*.{js,cjs}"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unused-expressions": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.property.name='timeout'][callee.object.name!='AbortSignal']",
          message:
            "A busy machine must not fail a test: .mocharc.json sets the only timeout; wait for progress with eventually().",
        },
      ],
    },
  },
);
