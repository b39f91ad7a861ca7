import type { Call } from "../../handlers/aws/call";
import { type ShapeRef } from "../../local/recorder/service-models";
import { type Constraints, modelOf } from "../../local/service-checks";

export { problemsOfCall, problemsOfPlan } from "../../local/service-checks";

/**
 * An answer to a call with every member that AWS may return, according to botocore's model of the service.
 *
 * @param texts the source of strings
 * @param next a number from 0 up to but not including another one
 */
export function answerOf(
  call: Call,
  texts: string[],
  next: (below: number) => number,
): Record<string, unknown> {
  const model = modelOf(call);
  const valueOf = (ref: ShapeRef, depth: number): unknown => {
    const shape = (model.shapes[ref.shape] ?? { type: "structure" }) as Constraints;
    const inner = (member: ShapeRef | undefined) =>
      member === undefined ? null : valueOf(member, depth + 1);
    switch (shape.type) {
      case "structure":
        return Object.fromEntries(
          (depth > 8 ? [] : Object.entries(shape.members ?? {})).map(([name, member]) => [
            name,
            inner(member),
          ]),
        );
      case "list":
        return depth > 8 ? [] : Array.from({ length: next(3) }, () => inner(shape.member));
      case "map":
        return depth > 8 ? {} : { [texts[next(texts.length)] ?? "a"]: inner(shape.value) };
      case "boolean":
        return next(2) === 1;
      case "timestamp":
        return new Date(next(2_000_000_000) * 1000);
      case "blob":
        return Buffer.from(texts[next(texts.length)] ?? "");
      case "string": {
        const pool = shape.enum ?? texts;
        return pool[next(pool.length)];
      }
      default:
        return next(100);
    }
  };
  const output = model.operations[call.operation]?.output;
  return output === undefined ? {} : (valueOf(output, 0) as Record<string, unknown>);
}
