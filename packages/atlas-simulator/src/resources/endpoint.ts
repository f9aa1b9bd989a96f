import type { SimulatedClock } from "#world/clock.ts"
import type { Durations } from "#world/durations.ts"
import type { Identifiers } from "#world/identifiers.ts"
import type { ChangeRole, Principal } from "#world/roles.ts"
import type { AzureRoles } from "#world/simulated-failures.ts"
import type { Project, World } from "#world/world.ts"
import type { Json } from "./json.ts"
import type { LimitSetId } from "./limit-sets.ts"

export type ApiVersion = "v1.0" | "v2"

/** A request that passed the gate: signed, within the limits, and for a project the caller belongs to. */
export type Call = {
  version: ApiVersion
  /** The dated version of v2 that answers; null on v1.0. */
  dated: DatedVersion | null
  principal: Principal
  /** The start of links in answers: `http://127.0.0.1:8081/api/atlas/v1.0`. */
  baseUrl: string
  /** The path after the base, as sent (`/groups/…/peers`), without the query. */
  path: string
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  body: string
  /** Simulated milliseconds. */
  now: number
}
export type ProjectCall = Call & { project: Project }

export type Answer = { status: number; body: Json | null; headers?: Record<string, string> }

export const methods = ["GET", "POST", "PATCH", "DELETE"] as const
type Method = (typeof methods)[number]

/** A version of a v2 resource. A deprecated one says so with each answer, in HTTP dates. */
export type DatedVersion = { date: string; deprecation?: string; sunset?: string }

const onlyFirstVersion: readonly DatedVersion[] = [{ date: "2023-01-01" }]

type Common = {
  method: Method
  /** `groups/:groupId/peers`; a name ending in `Id` takes 24 hex digits. */
  pattern: string
  /** The value of the `X-Java-Method` header. */
  javaMethod: string
  /** The token bucket of v2 that it draws from. */
  limit: LimitSetId
  /** The role that a change needs; the owner's when left out. */
  changedBy?: ChangeRole
  onlyOnV2?: true
  /** The versions on v2, oldest first; left out, only the first. */
  versions?: readonly DatedVersion[]
}

/** Returns the versions of an endpoint on v2, oldest first. */
export const versionsOf = (endpoint: Endpoint): readonly DatedVersion[] =>
  endpoint.versions ?? onlyFirstVersion

/** One operation of the API, with all that is needed to route a request to it and to admit the caller. */
export type Endpoint =
  | (Common & { scope: "key"; handle: (call: Call) => Answer })
  | (Common & { scope: "project"; handle: (call: ProjectCall) => Answer })

/** What the endpoints of one Java resource share. */
type Resource = Omit<Common, "method" | "pattern" | "javaMethod"> & { javaResource: string }
type Row<Handled> = readonly [
  method: Method,
  path: string,
  javaMethod: string,
  handle: (call: Handled) => Answer,
]

/** Builds the endpoints of one Java resource below a project; a row's path follows `groups/:groupId/`. */
export const buildProjectEndpoints = (resource: Resource, rows: readonly Row<ProjectCall>[]): Endpoint[] =>
  rows.map((row) => ({ scope: "project", ...toCommon(resource, row, "groups/:groupId/"), handle: row[3] }))

/** Builds the endpoints of one Java resource that belongs to no project. */
export const buildKeyEndpoints = (resource: Resource, rows: readonly Row<Call>[]): Endpoint[] =>
  rows.map((row) => ({ scope: "key", ...toCommon(resource, row), handle: row[3] }))

function toCommon(
  { javaResource, ...shared }: Resource,
  [method, path, javaMethod]: Row<never>,
  start = "",
): Common {
  return { method, pattern: start + path, javaMethod: `${javaResource}::${javaMethod}`, ...shared }
}

/** The state and settings that handlers share. */
export type Simulation = {
  clock: SimulatedClock
  identifiers: Identifiers
  durations: Durations
  /** The number of unfinished peers that every project may have. */
  pendingLimit: number
  /** What the control API said about Atlas's role on virtual networks that the world doesn't have, by the network's key. */
  azureRoles: AzureRoles
  world: () => World
}
