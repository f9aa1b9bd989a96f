type Values = Readonly<Record<string, string>>

/** Puts values in place of `{name}` in every string of something; what is no string stays. Throws for a name that has no value yet. */
export function fillIn<T>(template: T, values: Values): T {
  return fill(template, values) as T
}

function fill(template: unknown, values: Values): unknown {
  if (typeof template === "string")
    return template.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
      const value = values[name]
      if (value === undefined) throw new Error(`The scene has no ${name} yet.`)
      return value
    })
  if (Array.isArray(template)) return template.map((one) => fill(one, values))
  if (typeof template !== "object" || template === null || template instanceof RegExp) return template
  return Object.fromEntries(Object.entries(template).map(([name, one]) => [name, fill(one, values)]))
}

/** Returns whether a template has `{connection}`. */
export function hasConnection(template: unknown): boolean {
  return JSON.stringify(template ?? null).includes("{connection}")
}

/** Returns the string at a path like `peering.id`. Throws without one. */
export function readPath(answer: unknown, path: string): string {
  let found = answer
  for (const name of path.split("."))
    found = typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined
  if (typeof found === "string") return found
  throw new Error(`The answer has no ${path}.`)
}
