import * as z from "zod/mini"
import { ProviderName } from "#clouds/provider.ts"

/** A user action on a connection or a container, or a status change. Moments are ISO 8601, UTC. */
export const ActivityEntry = z.object({
  at: z.string(),
  /** When it was read, for one that Atlas tells. */
  readAt: z.optional(z.string()),
  kind: z.enum(["action", "status"]),
  /** The audit action, such as `peering-delete` or `atlas-peering-delete`; of a status change Atlas's status, or `gone` once Atlas stops listing it. */
  what: z.string(),
  /** done, refused, failed or unknown; null for a status change and for what happens with share links. */
  outcome: z.nullable(z.string()),
  /** Of a status change, who acts next: atlas, you, works, failed, closing or unknown. */
  turn: z.nullable(z.string()),
  /** Null for Atlas, and for the holder of a share link. */
  actorName: z.nullable(z.string()),
  projectId: z.string(),
  projectName: z.string(),
  /** Null for a container, and for a create that made no connection. */
  peeringId: z.nullable(z.string()),
  providerName: z.nullable(ProviderName),
  /** The display name, else the network's name, or a container's CIDR. */
  title: z.nullable(z.string()),
  /** Why, in the actor's own words. */
  reason: z.nullable(z.string()),
})
export type ActivityEntry = z.infer<typeof ActivityEntry>

/** `GET /api/activity`: the newest 20 of the projects that the person may see, newest first. */
export const Activity = z.object({ entries: z.array(ActivityEntry) })
export type Activity = z.infer<typeof Activity>
