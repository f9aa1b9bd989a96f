import { randomUUID } from "node:crypto"
import { seededIds } from "@peering-desk/atlas-simulator"
import fc from "fast-check"
import { projectElsewhere, projectHere } from "./roles.ts"

/** What the random requests read of the OpenAPI document. */
export interface Operation {
  parameters: { in: string; name: string; schema: { enum?: string[] } }[]
  requestBody?: { content: Record<string, { examples: Record<string, { value: unknown }> }> }
  responses: Record<string, unknown>
}

export interface RandomRequest {
  path: string
  headers: Record<string, string>
  body: string | undefined
}

/** Texts that parsers, stores and logs dislike. */
const oddTexts = [
  "",
  " ",
  "\0",
  "%00",
  "..",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "null",
  "-1",
  "1e309",
  "🙂",
  "\u202e",
  "\ud800",
  "a".repeat(3_000),
  "'; drop table event; --",
  "=1+1",
  "10.0.0.0/8",
  "2026-02-30T25:61:61Z",
]
const text = fc.oneof(fc.constantFrom(...oddTexts), fc.string({ unit: "binary", maxLength: 30 }))
/** Names something. An empty part or dots would lead to another address. */
const idText = text.filter((one) => !/^\.*$/.test(one))
const value = fc.oneof(
  text,
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, [], {}, [[]], { reason: {} }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Ids of things that exist, so that requests get past the door. */
const known: Readonly<Record<string, readonly string[]>> = {
  projectId: [projectHere, projectHere, projectElsewhere, seededIds.documentationProject],
  containerId: [seededIds.documentationContainer],
  stepId: ["accept", "routes"],
  sequence: ["1", "2"],
}

const usualValues: Readonly<Record<string, readonly string[]>> = {
  format: ["jsonl", "csv"],
  providerName: ["GCP", "AWS"],
  projects: [projectHere],
}

/** Makes requests of one operation, from right ones to nonsense. `peeringIds` are those of connections that exist. */
export function toRequests(
  template: string,
  operation: Operation,
  peeringIds: readonly string[],
): fc.Arbitrary<RandomRequest> {
  const ids = { ...known, peeringId: peeringIds }
  const idOf = (name: string) => {
    const given = ids[name as keyof typeof ids] ?? [randomUUID()]
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...given) }, { weight: 1, arbitrary: idText })
  }
  const names = operation.parameters.filter((one) => one.in === "path").map(({ name }) => name)
  const path = fc.record(Object.fromEntries(names.map((name) => [name, idOf(name)])))
  const queries = operation.parameters.filter((one) => one.in === "query")
  const asked = fc.record(
    Object.fromEntries(
      queries.map(({ name, schema }) => [
        name,
        fc.oneof(fc.constantFrom(...(schema.enum ?? usualValues[name] ?? [projectHere, "1"])), text),
      ]),
    ),
    { requiredKeys: [] },
  )
  const usual = queries
    .filter(({ name }) => name in usualValues)
    .map(({ name }) => [name, usualValues[name]?.[0]])
  const query = fc.oneof(fc.constant(Object.fromEntries(usual) as Record<string, string>), asked)
  const examples = Object.values(operation.requestBody?.content ?? {}).flatMap((one) =>
    Object.values(one.examples),
  )
  return fc
    .record({
      path,
      query,
      body: examples.length === 0 ? fc.constant(undefined) : toBody(examples.map((one) => one.value)),
      key: fc.oneof(fc.uuid(), fc.constantFrom("", "a", "k".repeat(300))),
    })
    .map(({ path: given, query: asked, body, key }) => ({
      path: `${template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encode(given[name] ?? ""))}?${Object.entries(
        asked,
      )
        .map(([name, one]) => `${name}=${encode(String(one))}`)
        .join("&")}`,
      headers: { "idempotency-key": key },
      body,
    }))
}

/** An example as it is, with one field less, changed or more, or something else. */
function toBody(examples: readonly unknown[]): fc.Arbitrary<string> {
  const changed = fc
    .record({
      example: fc.constantFrom(...examples),
      at: fc.nat(20),
      to: value,
      how: fc.constantFrom("drop", "set", "add"),
    })
    .map(({ example, at, to, how }) => change(example, at, to, how))
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...examples).map((one) => JSON.stringify(one) ?? "") },
    { weight: 6, arbitrary: changed.map((one) => JSON.stringify(one) ?? "") },
    { weight: 1, arbitrary: value.map((one) => JSON.stringify(one) ?? "") },
    {
      weight: 1,
      arbitrary: fc.constantFrom("", "{", "[[[[", "\0", '{"__proto__":1}', `{"a":${"[".repeat(500)}`),
    },
  )
}

function change(example: unknown, at: number, to: unknown, how: string): unknown {
  if (typeof example !== "object" || example === null) return to
  const names = Object.keys(example)
  const name = names[at % Math.max(1, names.length)] ?? "field"
  const old = (example as Record<string, unknown>)[name]
  if (how !== "add" && typeof old === "object" && at > names.length)
    return { ...example, [name]: change(old, at - names.length, to, how) }
  if (how === "add") return { ...example, [`more${at}`]: to }
  const { [name]: _gone, ...rest } = example as Record<string, unknown>
  return how === "drop" ? rest : { ...rest, [name]: to }
}

function encode(part: string): string {
  // A lone surrogate has no UTF-8.
  return encodeURIComponent(part.replaceAll(/\p{Surrogate}/gu, "?"))
}
