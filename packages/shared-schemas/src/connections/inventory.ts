import * as z from "zod/mini"
import { AtlasPeer } from "#atlas/atlas-peer.ts"
import type { Container } from "#atlas/container.ts"
import { Broken, Declined, PeeringOrigin, SeenStops, type Watch } from "./peering.ts"
import type { ProblemCode } from "./problem.ts"
import type { Project } from "./project.ts"
import { ProviderName } from "#clouds/provider.ts"

/** A connection without its raw answer and its history. */
export const InventoryPeering = z.object({
  id: z.string(),
  peer: AtlasPeer,
  status: z.nullable(z.string()),
  /** atlas, you, works, failed, closing or unknown. */
  turn: z.string(),
  statusSince: z.nullable(z.string()),
  /** False when it was already so when we began to watch: it is then at least that old. */
  statusSinceSeen: z.boolean(),
  label: z.nullable(z.string()),
  origin: PeeringOrigin,
  createdBy: z.nullable(z.string()),
  createdByKey: z.optional(z.string()),
  firstSeenAt: z.string(),
  leftAvailableAt: z.nullable(z.string()),
  /** As in `Peering`. */
  createdAt: z.optional(z.nullable(z.string())),
  createdEarliest: z.optional(z.string()),
  expiresEarliest: z.optional(z.string()),
  expiresLatest: z.optional(z.string()),
  declined: z.optional(Declined),
  broken: z.optional(Broken),
  seen: z.optional(SeenStops),
})
export type InventoryPeering = z.infer<typeof InventoryPeering>

/** What the small paths of a list need to know of a project. */
export const ListFacts = z.object({
  /** CIDRs of its AWS connections that its IP access list has without an end; null until that list was read. */
  listed: z.nullable(z.array(z.string())),
  /** Cloud and id of its containers in which a cluster runs, `AWS 507f1f77bcf86cd799439011`; null until the clusters were read. */
  running: z.nullable(z.array(z.string())),
})
export type ListFacts = z.infer<typeof ListFacts>

/** What lists know of a project. */
export interface InventoryProject extends ListFacts {
  project: Project
  peerings: InventoryPeering[]
  containers: Container[]
  /** Why the containers are missing or old; null when they are there. */
  containersProblem: ProblemCode | null
  watches: Watch[]
}

/** Time that peerings spent in a state, as observed here. Half took `p50Ms` at most, nine of ten `p90Ms`. */
export const TimeInState = z.object({
  providerName: ProviderName,
  status: z.string(),
  count: z.number(),
  p50Ms: z.number(),
  p90Ms: z.number(),
})
export type TimeInState = z.infer<typeof TimeInState>
