import { type Fields, fieldsOf } from "../../../handlers/json";

/** Sets a member, whatever its name: an assignment to `__proto__` would not create one. */
export function setMember(fields: Fields, name: string, value: unknown): void {
  Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The member at a path, nested or, as in tables, under a single key with dots. */
export function memberOf(fields: Fields, path: string): unknown {
  if (Object.hasOwn(fields, path)) return fields[path];
  const dot = path.indexOf(".");
  return dot < 0 ? undefined : memberOf(fieldsOf(fields[path.slice(0, dot)]), path.slice(dot + 1));
}

/** Objects for keys with dots: `{ "a.b": 1 }` as `{ a: { b: 1 } }`. */
export function unflattened(fields: Fields): Fields {
  const nested: Fields = {};
  for (const [name, value] of Object.entries(fields)) {
    const steps = name.split(".");
    let place = nested;
    for (const step of steps.slice(0, -1)) {
      const below = Object.hasOwn(place, step) ? { ...fieldsOf(place[step]) } : {};
      setMember(place, step, below);
      place = below;
    }
    setMember(place, steps.at(-1) as string, value);
  }
  return nested;
}
