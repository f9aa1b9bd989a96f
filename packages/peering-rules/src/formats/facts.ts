import { toObject, toText } from "./unknown-json.ts"

/**
 * Facts of a text about one thing: the values at each dotted path, `AccepterVpcInfo.VpcId`, in the order of the text. The items of
 * a list share a path; an empty list or object is a value.
 */
export type Facts = ReadonlyMap<string, readonly unknown[]>

/** Deeper than any answer of a cloud; keeps hostile text from exhausting the stack. */
const deepest = 20

/** Flattens JSON to facts; facts stay as they are. */
export function toFacts(value: unknown): Facts {
  if (value instanceof Map) return value as Facts
  const facts = new Map<string, unknown[]>()
  addFacts(facts, "", value)
  return facts
}

/** Adds a value, flattened, below a path. */
function addFacts(facts: Map<string, unknown[]>, path: string, value: unknown, depth = 0): void {
  if (depth > deepest) return
  const inner = Array.isArray(value)
    ? value.map((item: unknown) => [path, item] as const)
    : Object.entries(toObject(value)).map(
        ([name, one]) => [path === "" ? name : `${path}.${name}`, one] as const,
      )
  for (const [at, one] of inner) addFacts(facts, at, one, depth + 1)
  if (inner.length > 0 || path === "") return
  const known = facts.get(path)
  if (known === undefined) facts.set(path, [value])
  else known.push(value)
}

/** Lists the texts at a path; numbers count as texts. */
export function listTexts(facts: Facts, path: string): string[] {
  return (facts.get(path) ?? []).flatMap((value) => toText(value) ?? [])
}

/** Returns the first text at the first path that has one. */
export function findText(facts: Facts, ...paths: readonly string[]): string | null {
  return paths.flatMap((path) => listTexts(facts, path))[0] ?? null
}

/** Returns true when there is something at a path or below it. */
export function hasName(facts: Facts, name: string): boolean {
  return facts.has(name) || [...facts.keys()].some((path) => path.startsWith(`${name}.`))
}

/** Returns facts with those of another thing below a name. */
export function withFacts(facts: Facts, name: string, others: Facts | undefined): Facts {
  if (others === undefined) return facts
  return new Map([...facts, ...[...others].map(([path, values]) => [`${name}.${path}`, values] as const)])
}
