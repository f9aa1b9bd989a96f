import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { parse } from "yaml"

/** Names, types, required fields and enum values of Atlas's API, as far as it is in use. */
export const shapesPath = fileURLToPath(
  new URL("../packages/atlas-simulator/shapes/atlas-shapes.json", import.meta.url),
)

const project = "/api/atlas/v2/groups/{groupId}"
const organization = "/api/atlas/v2/orgs/{orgId}"
const first = "2023-01-01"
const accounts = "2024-08-05"

/** The operations in use, with the dates of their versions. */
const operations: readonly (readonly [method: string, path: string, date: string])[] = [
  ["get", "/api/atlas/v2", first],
  ["get", "/api/atlas/v2/groups", first],
  ["get", project, first],
  ["get", "/api/atlas/v2/groups/byName/{groupName}", first],
  ["get", `${project}/peers`, first],
  ["post", `${project}/peers`, first],
  ["get", `${project}/peers/{peerId}`, first],
  ["patch", `${project}/peers/{peerId}`, first],
  ["delete", `${project}/peers/{peerId}`, first],
  ["get", `${project}/containers`, first],
  ["get", `${project}/containers/all`, first],
  ["post", `${project}/containers`, first],
  ["get", `${project}/containers/{containerId}`, first],
  ["patch", `${project}/containers/{containerId}`, first],
  ["delete", `${project}/containers/{containerId}`, first],
  ["get", `${project}/privateIpMode`, first],
  ["patch", `${project}/privateIpMode`, first],
  ["get", `${project}/awsCustomDNS`, first],
  ["patch", `${project}/awsCustomDNS`, first],
  ["get", `${project}/accessList`, first],
  ["post", `${project}/accessList`, first],
  ["delete", `${project}/accessList/{entryValue}`, first],
  ["get", `${project}/accessList/{entryValue}/status`, first],
  ["get", `${project}/clusters`, first],
  ["get", `${project}/clusters`, "2023-02-01"],
  ["get", `${project}/clusters`, accounts],
  ["get", `${project}/clusters/{clusterName}`, first],
  ["get", `${project}/clusters/{clusterName}`, "2023-02-01"],
  ["get", `${project}/clusters/{clusterName}`, accounts],
  ["get", `${project}/events`, first],
  ["get", `${project}/serviceAccounts/{clientId}`, accounts],
  ["get", `${project}/serviceAccounts/{clientId}/accessList`, accounts],
  ["get", `${organization}/serviceAccounts/{clientId}`, accounts],
  ["get", `${organization}/serviceAccounts/{clientId}/accessList`, accounts],
  ["post", `${organization}/serviceAccounts/{clientId}/secrets`, accounts],
  ["delete", `${organization}/serviceAccounts/{clientId}/secrets/{secretId}`, accounts],
  ["get", `${organization}/resourcePolicies`, accounts],
  ["get", `${organization}/resourcePolicies/{resourcePolicyId}`, accounts],
  ["get", "/api/atlas/v2/rateLimits", "2025-03-12"],
  ["get", "/api/atlas/v2/rateLimits/{endpointSetId}", "2025-03-12"],
]

type Schema = Readonly<Record<string, unknown>>
interface Operation {
  /** Values of query parameters that have a list of them. */
  parameters?: Record<string, unknown>
  request?: Schema
  answer?: Schema
}
export interface Shapes {
  /** The version that the description names for itself. */
  source: string
  /** `get /api/atlas/v2/groups/{groupId}/peers 2023-01-01`, and so on. */
  operations: Record<string, Operation>
  schemas: Record<string, Schema>
}

interface Description {
  info: { version?: string }
  paths: Record<string, Record<string, DescribedOperation>>
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> }
}
interface Content {
  content?: Record<string, { schema?: Schema }>
}
interface Parameter {
  $ref?: string
  in?: string
  name?: string
  schema?: Schema
}
interface DescribedOperation {
  parameters?: Parameter[]
  requestBody?: Content
  responses: Record<string, Content>
}

/** Fields of a schema that say what is valid. Descriptions, examples and links are left out. */
const facts = new Set([
  ..."$ref type enum required properties items oneOf anyOf allOf pattern format nullable readOnly writeOnly".split(
    " ",
  ),
  ..."minimum maximum minLength maxLength minItems maxItems uniqueItems additionalProperties discriminator".split(
    " ",
  ),
])

/** Reads the shapes in use from an OpenAPI description of Atlas's Administration API (YAML or JSON). */
export function readShapes(path: string): Shapes {
  const description = parse(readFileSync(path, "utf8"), { maxAliasCount: -1 }) as Description
  const found: Shapes = { source: description.info.version ?? "", operations: {}, schemas: {} }
  for (const [method, address, date] of operations) {
    const operation = description.paths[address]?.[method]
    if (operation === undefined) throw new Error(`The description has no ${method} ${address}`)
    const request = pick(operation.requestBody, date)
    const answer = Object.entries(operation.responses)
      .filter(([status]) => status.startsWith("2"))
      .map(([, content]) => pick(content, date))
      .find((schema) => schema !== undefined)
    const parameters = listValues(operation, description)
    found.operations[`${method} ${address} ${date}`] = {
      ...(Object.keys(parameters).length > 0 && { parameters }),
      ...(request && { request: keepFacts(request) }),
      ...(answer && { answer: keepFacts(answer) }),
    }
  }
  addReferred(found, description)
  return found
}

function pick(content: Content | undefined, date: string): Schema | undefined {
  return content?.content?.[`application/vnd.atlas.${date}+json`]?.schema
}

function listValues(
  { parameters = [] }: DescribedOperation,
  { components }: Description,
): Record<string, unknown> {
  const all = parameters.map((one) =>
    one.$ref === undefined ? one : (components.parameters[toName(one.$ref)] ?? one),
  )
  const limited = all.filter(
    (one) => one.in === "query" && JSON.stringify(one.schema ?? {}).includes('"enum"'),
  )
  return Object.fromEntries(limited.map(({ name = "", schema = {} }) => [name, keepFacts(schema)]))
}

function addReferred({ operations: found, schemas }: Shapes, { components }: Description): void {
  const waiting: unknown[] = [found]
  for (const part of waiting)
    for (const [, name = ""] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      const schema = components.schemas[name]
      if (schema === undefined || name in schemas) continue
      schemas[name] = keepFacts(schema)
      waiting.push(schemas[name])
    }
}

const toName = (reference: string) => reference.replace(/^.*\//, "")

/** Copies a schema without prose; the names below `properties` and `mapping` are no keywords. */
function keepFacts(value: Schema): Schema {
  const kept = Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
    if (!facts.has(name)) return []
    if (name === "properties")
      return [
        [
          name,
          Object.fromEntries(
            Object.entries(part as Schema).map(([key, one]) => [key, keepFacts(one as Schema)]),
          ),
        ],
      ]
    if (name === "discriminator") return [[name, part]]
    if (Array.isArray(part))
      return [[name, part.map((one: unknown) => (isSchema(one) ? keepFacts(one) : one))]]
    return [[name, isSchema(part) ? keepFacts(part) : part]]
  })
  return Object.fromEntries(kept)
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Lists what a newer copy has that the kept one has not, and the other way round: fields, enum values, operations. */
export function compareShapes(kept: Shapes, newer: Shapes): string[] {
  const [before, after] = [new Set(listFacts(kept)), new Set(listFacts(newer))]
  return [
    ...[...after].filter((fact) => !before.has(fact)).map((fact) => `+ ${fact}`),
    ...[...before].filter((fact) => !after.has(fact)).map((fact) => `- ${fact}`),
  ]
}

function listFacts({ operations: found, schemas }: Shapes): string[] {
  return Object.entries({ ...found, ...schemas }).flatMap(([name, schema]) => [
    name,
    ...listBelow(name, schema),
  ])
}

function listBelow(path: string, value: unknown): string[] {
  if (Array.isArray(value))
    return value.flatMap((one: unknown) =>
      isSchema(one) ? listBelow(path, one) : [`${path} ${String(one)}`],
    )
  if (!isSchema(value)) return [`${path} ${String(value)}`]
  return Object.entries(value).flatMap(([name, one]) => listBelow(`${path} › ${name}`, one))
}
