import * as z from "zod/mini"
import { RawAnswer } from "#atlas/atlas-answer.ts"
import { AtlasPeer } from "#atlas/atlas-peer.ts"
import { ObservedStatus, PeeringOrigin } from "./peering.ts"

/** A connection that Atlas no longer lists, as it was last seen. Moments are ISO 8601, UTC. */
export const DeletedPeering = z.object({
  projectId: z.string(),
  id: z.string(),
  peer: AtlasPeer,
  raw: RawAnswer,
  history: z.array(ObservedStatus),
  lastStatus: z.nullable(z.string()),
  label: z.nullable(z.string()),
  origin: PeeringOrigin,
  createdBy: z.nullable(z.string()),
  createdByKey: z.optional(z.string()),
  createdAt: z.nullable(z.string()),
  createReason: z.optional(z.string()),
  createdEarliest: z.optional(z.string()),
  firstSeenAt: z.string(),
  /** The last poll that listed it, as far as is known; it went between then and `goneAt`. */
  lastSeenAt: z.string(),
  /** The first poll without it. */
  goneAt: z.string(),
  /** The name of the user who deleted it here, why, and when; left out when it was deleted elsewhere. */
  deletedBy: z.optional(z.string()),
  deleteReason: z.optional(z.string()),
  deletedAt: z.optional(z.string()),
})
export type DeletedPeering = z.infer<typeof DeletedPeering>

/** `GET /api/projects/{projectId}/tombstones`: last gone first; kept for 90 days. */
export const DeletedPeeringList = z.object({ deletedPeerings: z.array(DeletedPeering) })
export type DeletedPeeringList = z.infer<typeof DeletedPeeringList>
