import { type Fields, fieldsOf, textOf } from "../../json";

/** Values that only set limits and the like are harmless: `--enable-source-maps`, `-Xmx512m`. */
const loading: Record<string, RegExp> = {
  BASH_ENV: /./,
  CORECLR_PROFILER_PATH: /./,
  DOTNET_STARTUP_HOOKS: /./,
  JAVA_TOOL_OPTIONS: /-(?:javaagent|agentlib|agentpath|cp|classpath)\b|-Xbootclasspath/,
  JDK_JAVA_OPTIONS: /-(?:javaagent|agentlib|agentpath|cp|classpath)\b|-Xbootclasspath/,
  LD_AUDIT: /./,
  LD_PRELOAD: /./,
  NODE_OPTIONS: /(?:^|\s)(?:-r|--require|--import|--loader|--experimental-loader|--eval|--inspect)\b/,
  PERL5OPT: /./,
  PYTHONSTARTUP: /./,
  PYTHONWARNINGS: /::[\w.]*\./,
  RUBYOPT: /-[rI]/,
};

/** The environment variables by which a runtime loads code that is not the function's. */
export function loadersIn(variables: unknown): Fields {
  return Object.fromEntries(
    Object.entries(fieldsOf(variables)).filter(
      ([name, value]) => Object.hasOwn(loading, name) && loading[name]?.test(textOf(value) ?? "") === true,
    ),
  );
}
