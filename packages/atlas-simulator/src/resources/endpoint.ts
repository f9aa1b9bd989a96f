import type { SimulatedClock } from "#world/clock.ts"
import type { Durations } from "#world/durations.ts"
import type { Identifiers } from "#world/identifiers.ts"
import type { Json } from "./json.ts"
import type { Principal } from "#world/roles.ts"
import type { Project, World } from "#world/world.ts"

export type ApiVersion = "v1.0" | "v2"

/** One request that has passed the gate: signed, within the limits, and for a project the caller belongs to. */
export type Call = {
  version: ApiVersion
  principal: Principal
  /** `http://127.0.0.1:8081/api/atlas/v1.0`: what links in answers begin with. */
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

/** The token bucket of v2 that an endpoint draws from. */
export type LimitGroup = "network-peering" | "projects" | "root"

export type Answer = { status: number; body: Json | null; headers?: Record<string, string> }

type Common = {
  method: "GET" | "POST" | "PATCH" | "DELETE"
  /** `groups/:groupId/peers`; a name ending in `Id` takes 24 hex digits. */
  pattern: string
  /** What `X-Java-Method` says. */
  javaMethod: string
  limit: LimitGroup
  /** The body of a success is a list, which `envelope` treats differently. */
  isList?: boolean
}

/** One operation of the API, with all that is needed to find it and to let a caller through to it. */
export type Endpoint =
  | (Common & { scope: "key"; handle: (call: Call) => Answer })
  | (Common & { scope: "project"; changes: boolean; handle: (call: ProjectCall) => Answer })

/** What handlers share. */
export type Simulation = {
  clock: SimulatedClock
  identifiers: Identifiers
  durations: Durations
  /** What a `containerId` that is not 24 hex digits gets: 500 was seen in 2019-20, today's answer is unknown. */
  malformedContainerIdStatus: 400 | 500
  /** Unfinished peers that every project may have. */
  pendingLimit: number
  world: () => World
}
