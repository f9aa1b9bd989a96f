import { readFileSync } from "node:fs"
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js"
import type { Served } from "./atlas-api.ts"

interface Operation {
  request?: object
  answer?: object
}
type Schema = { properties?: Record<string, Schema>; pattern?: string; enum?: unknown[] } & Record<
  string,
  unknown
>
interface Shapes {
  operations: Record<string, Operation>
  schemas: Record<string, Schema>
}

const path = new URL("../shapes/atlas-shapes.json", import.meta.url)

type Change = (field: Schema) => void
const orNull: Change = (field) => {
  field["nullable"] = true
  field.enum?.push(null)
}
const withoutPattern: Change = (field) => delete field.pattern
const or =
  (...values: readonly string[]): Change =>
  (field) =>
    field.enum?.push(...values)
const anyValue: Change = (field) => delete field.enum

/** Fields of answers that Atlas was recorded to leave empty, or about which its description contradicts itself or older data. */
const contradictions: Readonly<Record<string, Readonly<Record<string, readonly Change[]>>>> = {
  BaseNetworkPeeringConnectionSettings: {
    // Null while the peer is in its container's region.
    accepterRegionName: [orNull],
    connectionId: [orNull],
    errorState: [orNull],
    errorStateName: [orNull],
    errorMessage: [orNull],
    // The pattern has no mask, and every request has one.
    routeTableCidrBlock: [withoutPattern],
    // Older ids have eight digits.
    vpcId: [orNull, withoutPattern],
    // Only the description of Azure's connections has this word.
    status: [or("DELETION_FAILED")],
  },
  // Null until Atlas made the network.
  CloudProviderContainer: {
    vpcId: [orNull],
    vnetName: [orNull],
    gcpProjectId: [orNull],
    networkName: [orNull],
  },
  // Answers of the older clients' test data are in lower case.
  BiConnector: { readPreference: [anyValue] },
  // The description lists the values of one of several views only.
  EventViewForNdsGroup: { eventTypeName: [anyValue] },
  ClusterProviderSettings: { instanceSizeName: [anyValue] },
  HardwareSpec: { instanceSize: [anyValue] },
  HardwareSpec20240805: { instanceSize: [anyValue] },
  // The numbers are of all regions together.
  RegionSpec: { electableNodes: [anyValue] },
}

/** Some patterns need Unicode's classes, and others are none with them. */
const regExp = Object.assign(
  (pattern: string) => {
    try {
      return new RegExp(pattern, "u")
    } catch {
      return new RegExp(pattern)
    }
  },
  { code: "regExp" },
)

/** Read once for all checks of a process: compiling a shape takes longer than most tests. */
let shapes: ReturnType<typeof readShapes> | undefined

/** Compares what Atlas's stand-in takes and answers on v2 with the shapes of Atlas's own description. */
export function createShapeCheck() {
  const { ajv, operations, templates } = (shapes ??= readShapes())
  const violations = new Set<string>()

  function validate(pointer: string, value: unknown, what: string): void {
    const check = ajv.getSchema(`atlas#/${pointer}`) as ValidateFunction | undefined
    if (check === undefined) violations.add(`${what}: the description has no such body`)
    else if (check(value) !== true)
      violations.add(`${what}: ${ajv.errorsText(check.errors)} in ${JSON.stringify(value).slice(0, 300)}`)
  }

  /** Checks one request that the stand-in carried out, and its answer. */
  function check({ method, target, body, answer, dated }: Served): void {
    if (dated === null) return
    const [address = ""] = target.split("?", 1)
    const what = `${method} ${address} ${dated}`
    const found = templates.find(({ pattern }) => pattern.test(`${method.toLowerCase()} ${address} ${dated}`))
    if (found === undefined) return void violations.add(`${what} is not in the description`)
    const place = `operations/${encodeURIComponent(found.key.replaceAll("~", "~0").replaceAll("/", "~1"))}`
    const { request, answer: described } = operations[found.key] ?? {}
    if (body !== "" && request !== undefined)
      validate(`${place}/request`, JSON.parse(body), `request of ${what}`)
    if (answer !== null && described !== undefined) validate(`${place}/answer`, answer, `answer to ${what}`)
  }

  /** Throws when something differed. */
  function expectNone(): void {
    if (violations.size > 0)
      throw new Error(`Not as Atlas describes it:\n${[...violations].slice(0, 20).join("\n")}`)
  }
  return { check, expectNone }
}

function readShapes() {
  const { operations, schemas } = JSON.parse(readFileSync(path, "utf8")) as Shapes
  const ajv = new Ajv2020({ strict: false, validateFormats: false, code: { regExp } })
  for (const [name, schema] of Object.entries(schemas)) close(schema, contradictions[name] ?? {})
  ajv.addSchema({ operations, components: { schemas } }, "atlas")
  return {
    ajv,
    operations,
    templates: Object.keys(operations).map((key) => ({ key, pattern: toPattern(key) })),
  }
}

/** Refuses fields that a schema does not name, and takes back what the description contradicts itself about. */
function close(schema: Schema, changes: Readonly<Record<string, readonly Change[]>>): void {
  if (schema.properties === undefined) return
  schema["additionalProperties"] ??= false
  for (const [name, field] of Object.entries(schema.properties))
    for (const change of changes[name] ?? []) change(field)
}

function toPattern(key: string): RegExp {
  const escaped = key.replaceAll(/[.]/g, "\\.").replaceAll(/\{\w+\}/g, "[^/]+")
  return new RegExp(`^${escaped}$`)
}
