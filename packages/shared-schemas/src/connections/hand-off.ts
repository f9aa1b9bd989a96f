import * as z from "zod/mini"
import { AtlasPeer } from "#atlas/atlas-peer.ts"
import { Container } from "#atlas/container.ts"
import { lineOfText } from "#values/line-of-text.ts"
import { DeclineAnswers } from "./peering.ts"
import { ProviderName } from "#clouds/provider.ts"

/** The body of `POST /api/projects/{projectId}/peerings/{peeringId}/hand-offs`. */
export const MakeHandOff = z.strictObject({
  /** 1 to 168: a week is as long as AWS waits. */
  expiresInHours: z.number("Enter a whole number of hours, 1 to 168").check(z.int(), z.gte(1), z.lte(168)),
  /** For whom, to tell links apart; the page behind the link does not show it. */
  for: z.optional(lineOfText(80)),
})
export type MakeHandOff = z.infer<typeof MakeHandOff>

/** One link that was given out. Moments are ISO 8601, UTC. */
export const HandOff = z.object({
  id: z.string(),
  for: z.nullable(z.string()),
  madeBy: z.string(),
  madeAt: z.string(),
  expiresAt: z.string(),
  /** When it was taken back, and by whom. */
  revokedAt: z.nullable(z.string()),
  revokedBy: z.nullable(z.string()),
  /** Visits; looking on after a pause of ten minutes counts as another. */
  openedCount: z.number(),
  lastOpenedAt: z.nullable(z.string()),
  /** Number of "done" reports, and the time of the last. */
  pressedCount: z.number(),
  lastPressedAt: z.nullable(z.string()),
  /** When its holder declined, and why; left out unless they did. */
  declinedAt: z.optional(z.string()),
  declineReason: z.optional(z.string()),
})
export type HandOff = z.infer<typeof HandOff>

/** `GET /api/projects/{projectId}/peerings/{peeringId}/hand-offs`: newest first, including expired and revoked ones. */
export const HandOffList = z.object({ handOffs: z.array(HandOff) })
export type HandOffList = z.infer<typeof HandOffList>

/** An open link of a project, with its peering. */
export const ProjectHandOff = z.extend(HandOff, {
  peeringId: z.string(),
  /** The name of the peering, also of a deleted one. */
  name: z.string(),
  providerName: ProviderName,
})
export type ProjectHandOff = z.infer<typeof ProjectHandOff>

/** `GET /api/projects/{projectId}/hand-offs`: links that still show something, the first to expire first. */
export const ProjectHandOffList = z.object({ handOffs: z.array(ProjectHandOff) })
export type ProjectHandOffList = z.infer<typeof ProjectHandOffList>

/** The answer to making one: the token is shown only here. */
export const MadeHandOff = z.object({
  handOff: HandOff,
  token: z.string(),
  /** The address to give out, with the token behind the `#`, which browsers send to nobody. */
  url: z.string(),
})
export type MadeHandOff = z.infer<typeof MadeHandOff>

/** The view of one peering for the network owner, without an account. A link shows nothing else. */
export const HandOffView = z.object({
  /** The maker of the link; the address is null for links of an older version. */
  askedBy: z.object({ name: z.string(), email: z.nullable(z.string()) }),
  /** Why the peering was requested, in the requester's own words; null when it was not requested here. */
  reason: z.nullable(z.string()),
  /** The display name. */
  label: z.nullable(z.string()),
  /** Atlas's IP access list has the CIDR of the owner's network, for good; null when that isn't known. */
  accessListed: z.nullable(z.boolean()),
  /** A cluster runs behind the peering; null when that isn't known. */
  clusterRuns: z.nullable(z.boolean()),
  providerName: ProviderName,
  projectName: z.nullable(z.string()),
  /** Only the fields that are known of the cloud. */
  peer: AtlasPeer,
  container: z.nullable(Container),
  status: z.nullable(z.string()),
  /** atlas, you, works, failed, closing or unknown; `gone` when Atlas no longer lists it. */
  turn: z.string(),
  statusSince: z.nullable(z.string()),
  /** True when it failed and was available right before. */
  failedWhileAvailable: z.boolean(),
  /** AWS drops the request between these two; equal within minutes when its begin was observed. Null without a deadline. */
  expiresEarliest: z.nullable(z.string()),
  expiresLatest: z.nullable(z.string()),
  /** When Atlas last answered. */
  checkedAt: z.nullable(z.string()),
  /** When the link ends. */
  expiresAt: z.string(),
  /** The decline by this link, with the answers to it; null unless its holder declined, and after a later "done" report. */
  declined: z.nullable(z.object({ at: z.string(), reason: z.string(), answers: DeclineAnswers })),
})
export type HandOffView = z.infer<typeof HandOffView>

/** The body of `POST /api/hand-off/done` and of `POST /api/hand-off/take-back`. */
export const HandOffDone = z.object({})

/** The body of `POST /api/hand-off/decline`. */
export const HandOffDecline = z.strictObject({
  reason: lineOfText(200, "Enter a reason"),
})
export type HandOffDecline = z.infer<typeof HandOffDecline>

/** The body of `POST /api/projects/{projectId}/peerings/{peeringId}/answer`. */
export const AnswerDecline = z.strictObject({
  answer: lineOfText(200, "Enter an answer"),
})
export type AnswerDecline = z.infer<typeof AnswerDecline>
