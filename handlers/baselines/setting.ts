import { fieldOf, nameInArn, parameterOf, textParameterOf } from "../cloudtrail/parameters";
import { textOf } from "../json";
import type { SetIds } from "./baseline";

/** The id is a parameter. */
export function parameter(name: string): SetIds {
  return (record) => [textParameterOf(record, name)];
}

/** The ids are those that `ids` finds, mapped by `idOf`. */
export function converted(idOf: (found: string) => string, ids: SetIds): SetIds {
  return (record) => ids(record).map((found) => (found === undefined ? undefined : idOf(found)));
}

/** The id is the name in a parameter that is a name or an ARN. */
export function namedByParameter(name: string): SetIds {
  return converted(nameInArn, parameter(name));
}

/** The id is inside a parameter. @param byDefault the name that AWS uses if the call omits it */
export function inside(outer: string, name: string, byDefault?: string): SetIds {
  return (record) => [textOf(fieldOf(parameterOf(record, outer), name)) ?? byDefault];
}

/** The id is in the answer. */
export function answered(...path: string[]): SetIds {
  return (record) => [textOf(path.reduce(fieldOf, record.responseElements))];
}

/** The kind exists once per account or region. */
export const theAccount: SetIds = () => ["account"];
