/**
 * ESLint rules for handlers/, which Pulumi serializes (docs/closures.md): problems that none of ESLint's own rules can
 * recognize.
 */
import Mocha from "mocha";

/**
 * Globals of the processes that serialize: those of the Node that lints, of newer ones, and of mocha, which runs the
 * program's tests.
 */
const globals = new Set([
  ...Object.getOwnPropertyNames(globalThis),
  ..."AsyncDisposableStack CloseEvent DisposableStack ErrorEvent EventSource Float16Array Iterator Navigator Storage".split(
    " ",
  ),
  ..."SuppressedError URLPattern WebSocket localStorage navigator sessionStorage".split(" "),
  ...Object.keys(globalsOfMocha()),
]);

function globalsOfMocha() {
  const mocha = new Mocha();
  const found = {};
  mocha.suite.emit("pre-require", found, "", mocha);
  return found;
}

/** @type {import("eslint").Rule.RuleModule} */
const noGlobalName = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      global:
        "The closure serializer mistakes {{name}} for the global of the serializing process and omits it: choose another name.",
    },
  },
  create: (context) => ({
    Program() {
      for (const { name, defs } of variablesOf(context, ({ type }) => type === "module"))
        for (const { type, name: node } of defs)
          if (globals.has(name) && ["Variable", "FunctionName"].includes(type))
            context.report({ node, messageId: "global", data: { name } });
    },
  }),
};

/** @type {import("eslint").Rule.RuleModule} */
const defineBeforeCapture = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      captured:
        "The closure serializer reads a function from top to bottom, and mistakes {{name}}, which a closure uses above its definition, for a variable of the module: define it first.",
    },
  },
  create: (context) => ({
    Program() {
      const isInFunction = ({ type }) => type !== "global" && type !== "module";
      for (const { name, scope, defs, references } of variablesOf(context, isInFunction))
        for (const { type, name: defined } of defs)
          for (const { from, identifier } of type === "Variable" ? references : [])
            if (identifier.range[0] < defined.range[0] && from.variableScope !== scope.variableScope)
              context.report({ node: identifier, messageId: "captured", data: { name } });
    },
  }),
};

function variablesOf({ sourceCode }, isWanted) {
  return sourceCode.scopeManager.scopes.filter(isWanted).flatMap(({ variables }) => variables);
}

export default {
  rules: { "no-global-name": noGlobalName, "define-before-capture": defineBeforeCapture },
};
