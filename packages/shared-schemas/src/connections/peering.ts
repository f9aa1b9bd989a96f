import * as z from "zod/mini"
import { RawAnswer } from "#atlas/atlas-answer.ts"
import { AtlasPeer } from "#atlas/atlas-peer.ts"
import { OpenCreate } from "#requests/open-create.ts"
import { StepDone } from "#requests/peering-notes.ts"
import { AtlasRefusal, ProblemCode } from "./problem.ts"
import { ProviderName } from "#clouds/provider.ts"

/** ISO 8601, UTC. */
const Instant = z.string()

/** A status word of Atlas and when we first saw it. */
export const ObservedStatus = z.object({ status: z.nullable(z.string()), at: Instant })
export type ObservedStatus = z.infer<typeof ObservedStatus>

/** Made through this installation, or found in Atlas's list. */
export const PeeringOrigin = z.enum(["created-here", "adopted"])

/** Lists the answers of people here to a decline, oldest first. */
export const DeclineAnswers = z.array(z.object({ at: Instant, by: z.string(), text: z.string() }))
export type DeclineAnswers = z.infer<typeof DeclineAnswers>

/** The network's owner declined by a share link. */
export const Declined = z.object({
  at: Instant,
  reason: z.string(),
  /** Left out without any. */
  answers: z.optional(DeclineAnswers),
  /** The recipient of the link, as its maker wrote it; null without one. */
  for: z.nullable(z.string()),
})
export type Declined = z.infer<typeof Declined>

/** A stop on the connection's path that a role read to be broken, with what the page says of it. */
export const Broken = z.object({ since: Instant, stop: z.string(), says: z.string() })
export type Broken = z.infer<typeof Broken>

/** Stops of the connection's path in its own network, as facts showed them last; after `until` they prove nothing. */
export const SeenStops = z.object({
  until: Instant,
  proven: z.array(z.string()),
  broken: z.array(z.string()),
})
export type SeenStops = z.infer<typeof SeenStops>

/** An administrator allowed a change of a connection that another tool manages. */
export const Override = z.object({ by: z.string(), at: Instant, reason: z.string() })
export type Override = z.infer<typeof Override>

/** One peering connection as Atlas last described it, with what only an observer can know. */
export const Peering = z.object({
  projectId: z.string(),
  id: z.string(),
  peer: AtlasPeer,
  /** The answer exactly as it came. */
  raw: RawAnswer,
  /** Oldest first; the last one is the present status. */
  history: z.array(ObservedStatus),
  /** False when the first entry of `history` was already so when we began to watch: it is then at least that old. */
  beginSeen: z.boolean(),
  origin: PeeringOrigin,
  /** The first poll that showed it, or Atlas's answer to the create. */
  firstSeenAt: Instant,
  /** Who asked for it here, or created it in Atlas as Atlas's events tell, and when; null when that is not known. */
  createdBy: z.nullable(z.string()),
  createdAt: z.nullable(Instant),
  /** The `personKey` of who asked for it here: two people may have one name. */
  createdByKey: z.optional(z.string()),
  /** The last edit in Atlas by somebody else, unless a later one was sent here. */
  changedOutside: z.optional(z.object({ by: z.string(), at: Instant })),
  /** The name under "Managed by" of the key that changed it last: it is neither edited nor deleted here, unless with an `override`. */
  managedBy: z.optional(z.string()),
  override: z.optional(Override),
  /** Why it was requested here; left out when nobody said so here. */
  createReason: z.optional(z.string()),
  /** When it was first seen to be no longer AVAILABLE; null while it is, and when it never was. */
  leftAvailableAt: z.nullable(Instant),
  /** The time in Atlas's id, before which it was not created; `createdAt` is exact. */
  createdEarliest: z.optional(Instant),
  /** When AWS drops the request, at the earliest and latest; equal within minutes when its begin was observed. Left out unless it waits in AWS. */
  expiresEarliest: z.optional(Instant),
  expiresLatest: z.optional(Instant),
  /** Left out unless declined; taking it back, a later "done" report, an acceptance and a new request end it. */
  declined: z.optional(Declined),
  /** When the facts of its network last changed here; left out without facts. */
  factsAt: z.optional(Instant),
  /** Its path is broken in AWS, as a role read; left out unless it is. */
  broken: z.optional(Broken),
  /** Left out without facts of its network. */
  seen: z.optional(SeenStops),
  /** Our own name for it. */
  label: z.nullable(z.string()),
  /** Steps marked as done, by the step's id; left out when empty. */
  steps: z.optional(z.record(z.string(), StepDone)),
})
export type Peering = z.infer<typeof Peering>

/** The state of polling one project's peerings in one cloud. */
export const Watch = z.object({
  projectId: z.string(),
  providerName: ProviderName,
  /** When Atlas last answered; null when it has not yet. */
  checkedAt: z.nullable(Instant),
  /** The problem of the last poll; null when it worked. */
  problem: z.nullable(ProblemCode),
  /** Atlas's own words about it; left out when there are no such words. */
  atlas: z.optional(AtlasRefusal),
  /** The time of the next poll, after a failed one. */
  retryAt: z.nullable(Instant),
})
export type Watch = z.infer<typeof Watch>

/** Every connection of a project in all clouds. A cloud whose list failed says so in its watch; the others are still there. */
export const PeeringList = z.object({
  projectId: z.string(),
  /** Id of the last event that is in the list: `GET /api/events?projects={projectId}@{lastEventId}` begins after it. */
  lastEventId: z.string(),
  peerings: z.array(Peering),
  watches: z.array(Watch),
  /** Creates that were asked for here and did not end with a connection, or not yet; left out when empty. */
  creates: z.optional(z.array(OpenCreate)),
})
export type PeeringList = z.infer<typeof PeeringList>
