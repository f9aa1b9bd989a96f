/** Puts values in place of `{name}` in every string of something; what is no string stays. Returns null for a name that has no value yet. */
export function fillIn<T>(template: T, values: Readonly<Record<string, string>>): T | null {
  let isWhole = true
  const fill = (one: unknown): unknown => {
    if (typeof one === "string")
      return one.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
        isWhole &&= name in values
        return values[name] ?? ""
      })
    if (Array.isArray(one)) return one.map(fill)
    if (typeof one !== "object" || one === null || one instanceof RegExp) return one
    return Object.fromEntries(Object.entries(one).map(([name, part]) => [name, fill(part)]))
  }
  const filled = fill(template) as T
  return isWhole ? filled : null
}

/** Returns the string at a path like `peering.id`. Throws without one. */
export function readPath(answer: unknown, path: string): string {
  let found = answer
  for (const name of path.split("."))
    found = typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined
  if (typeof found === "string") return found
  throw new Error(`The answer has no ${path}.`)
}

/** Returns whether two addresses are of the same page; their queries may differ. */
export const isSamePage = (one: string, other: string) => one.split("?")[0] === other.split("?")[0]
