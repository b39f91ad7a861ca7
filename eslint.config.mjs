import tseslint from "typescript-eslint";
import closures from "./scripts/lint/closures.mjs";

// What the closure serializer drops, breaks or re-creates on each call, often without a word (docs/closures.md).
const inAClosure = [
  {
    selector: "ClassDeclaration, ClassExpression",
    message:
      "Classes lose fields and error prototypes in a serialized callback: use plain objects and functions.",
  },
  {
    selector:
      ":matches(FunctionDeclaration, VariableDeclarator)[id.name=/^(valueOf|toString|toLocaleString|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|constructor)$/]",
    message:
      "Every object has a member of this name, which a serialized callback calls in its place: choose another.",
  },
  {
    selector: "LabeledStatement",
    message: "The closure serializer refuses labelled statements: use a function and return.",
  },
  {
    selector:
      "Program > VariableDeclaration[kind=/^(let|var)$/], Program > ExportNamedDeclaration > VariableDeclaration[kind=/^(let|var)$/]",
    message:
      "Module-level state is re-initialised on every call of a serialized callback: keep it inside a factory.",
  },
  {
    selector:
      ":matches(Program > VariableDeclaration, Program > ExportNamedDeclaration > VariableDeclaration) > VariableDeclarator > NewExpression",
    message:
      "Native objects (Map, Set, Date, clients) at module level fail in a serialized callback: create them inside a factory.",
  },
  {
    selector:
      "ImportNamespaceSpecifier, ImportDeclaration[importKind!='type'][source.value=/^[^.]/] > ImportDefaultSpecifier",
    message: "Namespace and default imports of modules do not serialize: import names.",
  },
  {
    selector: "ImportDeclaration[importKind!='type'][source.value=/^(@aws-sdk|@pulumi|@smithy)/]",
    message:
      "The runtime brings the AWS SDK: require it by bare name inside the factory (handlers/aws.ts); import its types only.",
  },
];

export default tseslint.config(
  // assembly/ is AssemblyScript, which shares TypeScript's syntax and not its types.
  { ignores: ["node_modules/", ".local/", "coverage/", "assembly/"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
      eqeqeq: "error",
      "no-console": "off",
    },
  },
  {
    files: ["handlers/**/*.ts"],
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
            "A busy machine must not fail a test: .mocharc.json has the one limit; wait for progress by eventually().",
        },
      ],
    },
  },
);
