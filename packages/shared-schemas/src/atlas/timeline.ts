import * as z from "zod/mini"
import { RawAnswer } from "./atlas-answer.ts"
import { ProviderName } from "#clouds/provider.ts"

/** One thing that was seen of a connection. Moments are ISO 8601, UTC. */
export const Observation = z.object({
  /** 1, 2, 3 …, from the oldest that the timeline shows. */
  number: z.number(),
  /** The poll that showed it. */
  at: z.string(),
  /** The poll before, which did not show it yet: it happened between the two. Null when there was none. */
  after: z.nullable(z.string()),
  /** `gone`: Atlas no longer listed it. */
  what: z.enum(["listed", "gone"]),
  /** Atlas's word; of `gone` the last one. */
  status: z.nullable(z.string()),
  /** Next to act: atlas, you, works, failed, closing or unknown. */
  turn: z.string(),
  /** Atlas's answer as it came; null of `gone`, and once it is no longer kept. */
  raw: z.nullable(RawAnswer),
})
export type Observation = z.infer<typeof Observation>

/**
 * A time of which nothing is known. `not-watched`: nobody looked, the server may have been off. `atlas`: Atlas did not answer, as
 * `problem` tells. `forgotten`: it is older than the 1,000 events that a timeline shows.
 */
export const TimelineGap = z.object({
  from: z.string(),
  until: z.string(),
  why: z.enum(["not-watched", "atlas", "forgotten"]),
  /** A problem's code; null unless Atlas did not answer. */
  problem: z.nullable(z.string()),
})
export type TimelineGap = z.infer<typeof TimelineGap>

/**
 * Actions of users here and of others in Atlas on the peering, or around it in the project while it existed, from the audit log, without
 * addresses.
 */
export const TimelineAct = z.object({
  sequence: z.number(),
  at: z.string(),
  /** When it was read, for one that Atlas tells. */
  readAt: z.optional(z.string()),
  /** attempt, outcome or event. */
  kind: z.string(),
  action: z.string(),
  /** Whose name; null for the server itself, or a stranger. */
  by: z.nullable(z.string()),
  /** Who approved it; left out where no approval was needed. */
  approvedBy: z.optional(z.string()),
  /** The step that was marked or unmarked; left out for other actions. */
  step: z.optional(z.string()),
  /** The CIDR of the container that was created, changed or deleted; left out for other actions. */
  container: z.optional(z.string()),
  reason: z.nullable(z.string()),
  outcome: z.nullable(z.string()),
  /** Atlas's status and error code. */
  answerCode: z.nullable(z.string()),
  attemptSequence: z.nullable(z.number()),
  /** The hash of its row, by which an auditor finds it unchanged. */
  hash: z.string(),
})
export type TimelineAct = z.infer<typeof TimelineAct>

/** `GET /api/projects/{projectId}/peerings/{peeringId}/timeline`, also of a connection that is gone. All oldest first. */
export const Timeline = z.object({
  peeringId: z.string(),
  providerName: ProviderName,
  observations: z.array(Observation),
  /** Where no gap is, looks were at most `lookEverySeconds` apart. */
  gaps: z.array(TimelineGap),
  lookEverySeconds: z.number(),
  acts: z.array(TimelineAct),
})
export type Timeline = z.infer<typeof Timeline>
