import * as z from "zod/mini"
import { ProviderName } from "#clouds/provider.ts"
import { NetworkFacts } from "#clouds/network-facts.ts"

/** Takes the place of a container's id, for the container that the draft describes; it never leaves the server. */
export const newContainerMark = "new"

const draftText = z.string().check(z.maxLength(2000))

/**
 * The known addresses of the network beside the block given to Atlas: a VPC's further blocks, a VNet's address space, the
 * ranges of a Google Cloud network. Atlas is not told of them, and its side may overlap none.
 */
export const NetworkBlocks = z.array(draftText).check(z.maxLength(200))

/**
 * The form as filled in so far, in any state: the fields of `PeeringRequest`, any of them empty or wrong, and those of
 * `NewContainer` while `containerId` is "new".
 */
export const PeeringDraft = z.strictObject({
  providerName: ProviderName,
  request: z.record(z.string().check(z.maxLength(40)), draftText),
  networkBlocks: z.optional(NetworkBlocks),
  /**
   * Azure and Google Cloud: the CIDRs of the other networks that the network is peered with, `none` for no such network, or the name of
   * one whose CIDRs are not known. Not sent to Atlas.
   */
  peeredBlocks: z.optional(NetworkBlocks),
  /** What a look-up of the network found in its cloud. Not sent to Atlas. */
  facts: z.optional(NetworkFacts),
  /** Id of a failed peering that is deleted before, so it is in nothing's way. */
  replaces: z.optional(z.string().check(z.maxLength(40))),
  newContainer: z.optional(
    z.strictObject({
      atlasCidrBlock: draftText,
      /** Atlas's name of the region on AWS and Azure. */
      region: z.optional(draftText),
      /** GCP only; left out or empty: every region. */
      regions: z.optional(z.array(draftText).check(z.maxLength(60))),
    }),
  ),
})
export type PeeringDraft = z.infer<typeof PeeringDraft>

/** The checks of a verdict, in display order. */
const checkIds = [
  "fields",
  "container",
  "container-region",
  "container-size",
  "container-overlap",
  "container-is-the-only-one",
  "overlap-with-container",
  "overlap-with-peer",
  "overlap-with-other-container",
  "overlap-with-other-network",
  "unrouted-blocks",
  "existing-routes",
  "dns",
  "atlas-network",
  "known-network",
  "duplicate",
  "quota",
  "quota-pending",
  "network-quota",
  "key-rights",
  "policies",
  "overlap-other-projects",
  "well-known-block",
  "cross-region",
  "peering-only-mode",
  "cidr-ignored",
  "one-way-door",
  "cloud-permission",
] as const
export const CheckId = z.enum(checkIds)
export type CheckId = z.infer<typeof CheckId>

/**
 * `red`: Atlas or the cloud would refuse it. `amber`: it would be taken, and may not be what is wanted. `open`: a value of the draft
 * is still missing. `unchecked`: something that the draft can't tell is not known, so nothing was compared. `green`: compared, and right.
 * `note`: a plain remark, which counts as right.
 */
export const CheckStatus = z.enum(["green", "note", "amber", "unchecked", "open", "red"])
export type CheckStatus = z.infer<typeof CheckStatus>

export const Check = z.object({
  id: CheckId,
  status: CheckStatus,
  /** One or two sentences with the person's own values. */
  says: z.string(),
  /** The Atlas errorCode that a red one would otherwise become, and another one might; null without such a change. */
  errorCode: z.nullable(z.string()),
  /** The field it is about, by its name in the request or in the new container; null when it is about none. */
  field: z.nullable(z.string()),
  /** Its basis: "3 containers of payments". */
  basedOn: z.string(),
  /** The existing connection that is in the way; left out without one. */
  peering: z.optional(z.object({ projectId: z.string(), peeringId: z.string() })),
})
export type Check = z.infer<typeof Check>

/** The effect of a change on the draft or the snapshot. */
const FixChange = z.discriminatedUnion("kind", [
  /** Fill these fields with these values; `containerId` is among them. A field of the new container has its own name. */
  z.object({ kind: z.literal("fill"), draft: PeeringDraft }),
  /** Open the connection that joins the two networks already. */
  z.object({ kind: z.literal("open-peering"), projectId: z.string(), peeringId: z.string() }),
  /** Take away a connection that blocks the draft; a person confirms it on that connection's page. */
  z.object({ kind: z.literal("delete-peer"), peerId: z.string() }),
  /** Leave peering-only mode; an administrator does that where the project's containers are. */
  z.object({ kind: z.literal("switch-mode-off") }),
])

/** The smallest change that turns the verdict green or amber. */
export const SuggestedFix = z.object({
  /** An imperative: "Use 10.16.0.0/16 instead". */
  title: z.string(),
  why: z.string(),
  /** Lower is cheaper and easier to take back. */
  cost: z.number(),
  change: FixChange,
})
export type SuggestedFix = z.infer<typeof SuggestedFix>

/** The requests that would be sent to Atlas, in order. */
export const Plan = z.object({
  steps: z.array(
    z.object({
      kind: z.enum(["create-container", "reuse-container", "create-peering"]),
      says: z.string(),
      /** The body for Atlas; null for a step that sends nothing. A `containerId` of "new" is filled in between. */
      body: z.nullable(z.record(z.string(), z.unknown())),
    }),
  ),
})
export type Plan = z.infer<typeof Plan>

export const Verdict = z.object({
  /** The worst of its checks: red, open, unchecked, amber, green. */
  status: CheckStatus,
  checks: z.array(Check),
  /** Null while it is open or red. */
  plan: z.nullable(Plan),
  suggestedFixes: z.array(SuggestedFix),
})
export type Verdict = z.infer<typeof Verdict>

/** The answer to `POST /api/projects/{projectId}/preflight`, whose body is a `PeeringDraft`. */
export const PreflightAnswer = z.object({
  verdict: Verdict,
  /** Of the plan and of what its checks say: goes with the create, so that what was shown is what is sent. Null without a plan. */
  planHash: z.nullable(z.string()),
})
export type PreflightAnswer = z.infer<typeof PreflightAnswer>
