import * as allSchemas from "@peering-desk/shared-schemas"
import * as apiSchemas from "@peering-desk/shared-schemas/api-schemas"
import * as z from "zod/mini"

export interface JsonSchema {
  properties?: Record<string, object>
  required?: readonly string[]
}

const prefix = "#/components/schemas/"
const reference = /"#\/components\/schemas\/(\w+)"/g

export const refer = (name: string) => ({ $ref: `${prefix}${name}` })

/** Translates every schema that has a name to JSON Schema, in which it refers to others by their names. */
export function readNamedSchemas(): ReadonlyMap<string, JsonSchema> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries({ ...allSchemas, ...apiSchemas }))
    if (isSchema(schema)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `${prefix}${id}`, unrepresentable: "any" })
  return new Map(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _id, ...schema }]) => [
      name,
      schema as JsonSchema,
    ]),
  )
}

/** Picks the schemas that a document refers to, and the ones that these refer to. */
export function pickReferred(
  document: unknown,
  named: ReadonlyMap<string, JsonSchema>,
): Record<string, JsonSchema> {
  const picked = new Map<string, JsonSchema>()
  const waiting: unknown[] = [document]
  for (const part of waiting)
    for (const [, name = ""] of JSON.stringify(part).matchAll(reference)) {
      const schema = named.get(name)
      if (picked.has(name) || schema === undefined) continue
      picked.set(name, schema)
      waiting.push(schema)
    }
  return Object.fromEntries([...picked].toSorted(([one], [other]) => one.localeCompare(other)))
}

function isSchema(value: unknown): value is z.ZodMiniType {
  return typeof value === "object" && value !== null && "_zod" in value
}
