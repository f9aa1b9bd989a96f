import * as z from "zod/mini"
import { ChangeReason } from "#requests/create-peering.ts"
import { PreflightAnswer } from "#requests/preflight.ts"
import { Problem } from "#connections/problem.ts"
import { ApprovalAction, ApprovalNeed, Asker } from "#requests/approval-policy.ts"
import { AtlasId } from "#values/ids.ts"
import { ProviderName } from "#clouds/provider.ts"

/** The values that name a connection, as Atlas reported them, and whether it was available. */
const Target = z.record(z.string(), z.union([z.string(), z.boolean(), z.null()]))
export type ApprovalTarget = z.infer<typeof Target>

/** A body for Atlas. */
const Body = z.record(z.string(), z.unknown())

/** The changes of a project that a policy can hold, by the action of their audit rows. */
export const ProjectChangeName = z.enum([
  "container-create",
  "container-delete",
  "access-list-add",
  "private-ip-mode-change",
  "custom-dns-change",
])
export type ProjectChangeName = z.infer<typeof ProjectChangeName>

/** Everything that is sent once the request is approved, and the connection that it is about. */
export const ApprovalPlan = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("create"),
    /** Its `containerId` is "new" while `newContainer` is there. */
    request: Body,
    newContainer: z.optional(Body),
    /** Our own name for the connection, which Atlas does not get. */
    label: z.optional(z.string()),
  }),
  z.object({ kind: z.literal("change"), peeringId: z.string(), target: Target, body: Body }),
  z.object({ kind: z.literal("delete"), peeringId: z.string(), target: Target }),
  z.object({
    kind: z.literal("request-again"),
    peeringId: z.string(),
    target: Target,
    /** As in `create`. */
    request: Body,
    newContainer: z.optional(Body),
    label: z.optional(z.string()),
  }),
  /** A change of the project. `before` is the container, the entry or the setting; null where there is none. */
  z.object({ kind: ProjectChangeName, body: Body, before: z.nullable(Target) }),
])
export type ApprovalPlan = z.infer<typeof ApprovalPlan>

/**
 * `approved`: on its way to Atlas. `unknown`: its answer was lost, and Peering Desk looks its outcome up. `done` and `failed`: what
 * became of it. `expired`: nobody decided in time.
 */
export const ApprovalState = z.enum([
  "waiting",
  "approved",
  "unknown",
  "done",
  "failed",
  "declined",
  "withdrawn",
  "expired",
])
export type ApprovalState = z.infer<typeof ApprovalState>

/** A create, change or deletion that another person has to approve. Times are ISO 8601, UTC. */
export const Approval = z.object({
  id: z.string(),
  projectId: z.string(),
  /** Null for a change that concerns all clouds of the project. */
  providerName: z.nullable(ProviderName),
  plan: ApprovalPlan,
  /** SHA-256 of project, plan, reason, requester with claims, and the need, as JSON with sorted fields. */
  planHash: z.string(),
  reason: z.string(),
  requestedBy: z.object({
    name: z.string(),
    email: z.nullable(z.string()),
    /** The API token by which they asked. */
    token: z.nullable(z.string()),
  }),
  requestedAt: z.string(),
  expiresAt: z.string(),
  needs: ApprovalNeed,
  state: ApprovalState,
  /** The person who approved, declined or withdrew it. */
  decidedBy: z.nullable(z.string()),
  decidedAt: z.nullable(z.string()),
  declineReason: z.nullable(z.string()),
  /** The connection that it is about, or that it created. */
  peeringId: z.nullable(z.string()),
  /** Why it failed. */
  problem: z.nullable(Problem),
  /** The caller's rights over it now. */
  may: z.object({ decide: z.boolean(), withdraw: z.boolean() }),
  /** Why the caller may not decide: it is their own, they act by a token, or their role does not suffice. */
  mayNotDecide: z.nullable(z.enum(["own", "token", "role"])),
})
export type Approval = z.infer<typeof Approval>

/** `open`: waiting, or approved and without an outcome. `decided`: all others. */
export const ApprovalShow = z.enum(["open", "decided"])
export type ApprovalShow = z.infer<typeof ApprovalShow>

/** The query parameters of `GET /api/approvals`. */
export const ApprovalQuery = z.strictObject({
  /** `open` unless given. */
  show: z.optional(ApprovalShow),
  /** The `nextBefore` of the page before. */
  before: z.optional(z.string().check(z.regex(/^\d{1,15}-[\w-]{1,60}$/, "Use the nextBefore of a page"))),
})
export type ApprovalQuery = z.infer<typeof ApprovalQuery>

/** `GET /api/approvals`: a page of the requests in projects that the caller may see, newest first. */
export const ApprovalList = z.object({
  approvals: z.array(Approval),
  /** The number of requests on all pages. */
  counts: z.object({ open: z.number(), decided: z.number() }),
  /** Give it as `before` to get the next page; null on the last one. */
  nextBefore: z.nullable(z.string()),
  isPolicySet: z.boolean(),
})
export type ApprovalList = z.infer<typeof ApprovalList>

/** A difference to the time of the request. */
const Difference = z.object({
  field: z.string(),
  was: z.nullable(z.union([z.string(), z.boolean()])),
  is: z.nullable(z.union([z.string(), z.boolean()])),
})

/** A waiting request, checked against what is known now. */
export const ApprovalCheck = z.object({
  /**
   * Null while the requester may have it. `gone`: the identity provider no longer vouches for them. `no-role`: they may not ask any more.
   * `token-revoked`: the API token by which they asked was revoked.
   */
  requester: z.nullable(z.enum(["gone", "no-role", "token-revoked"])),
  /** The verdict on what would be created; null for a change or a deletion. */
  preflight: z.nullable(PreflightAnswer),
  /** The connection, container, entry or setting that it is about; null for a plain create. */
  target: z.nullable(z.object({ isThere: z.boolean(), differences: z.array(Difference) })),
  /** False when it can't be approved as it was requested. */
  holds: z.boolean(),
})
export type ApprovalCheck = z.infer<typeof ApprovalCheck>

/** `GET /api/approvals/{id}`. The check is null unless the request waits. */
export const ApprovalDetail = z.object({ approval: Approval, check: z.nullable(ApprovalCheck) })
export type ApprovalDetail = z.infer<typeof ApprovalDetail>

/** The body of `POST /api/approvals/{id}/approve`: the hash of the plan that the approver saw. */
export const ApproveApproval = z.strictObject({
  planHash: z.string().check(z.regex(/^[0-9a-f]{64}$/, "A plan hash has 64 hexadecimal digits")),
})

/** The body of `POST /api/approvals/{id}/decline`. */
export const DeclineApproval = z.strictObject({ reason: ChangeReason.shape.reason })

/** The answer, with status 202, to a create, change or deletion that now waits for another person. */
export const HeldForApproval = z.object({ approval: Approval })
export type HeldForApproval = z.infer<typeof HeldForApproval>

const someAction = `must name at least one of ${ApprovalAction.options.join(", ")}, or be "*"`

function someOf<Schema extends z.core.SomeType>(schema: Schema) {
  return z.optional(z.array(schema, "must be a list").check(z.minLength(1, "must name at least one")))
}

/**
 * A line of the policy. A list that is left out means all, but for actions: then it means those of a connection. The first line that
 * fits decides.
 */
export const ApprovalPolicyLine = z.strictObject({
  projects: z.union(
    [z.literal("*"), z.array(AtlasId).check(z.minLength(1))],
    'must be "*" or a list of project ids (24 hexadecimal digits)',
  ),
  clouds: someOf(z.enum(ProviderName.options, "must be AWS, GCP or AZURE")),
  actions: z.optional(
    z.union([z.literal("*"), z.array(ApprovalAction).check(z.minLength(1, someAction))], someAction),
  ),
  askers: someOf(z.enum(Asker.options, "must be requester, administrator or token")),
  /** `nobody`: no approval is needed. */
  needs: z.enum([...ApprovalNeed.options, "nobody"], "must be requester, administrator or nobody"),
})
export type ApprovalPolicyLine = z.infer<typeof ApprovalPolicyLine>

/** `GET /api/approval-policy`: the policy in force; null without one. */
export const ApprovalPolicyAnswer = z.object({
  policy: z.nullable(z.object({ lines: z.array(ApprovalPolicyLine), expireAfterHours: z.number() })),
})
export type ApprovalPolicyAnswer = z.infer<typeof ApprovalPolicyAnswer>

/** A person in a browser, or an API token of such a person. */
export const ExampleAsker = z.enum(["requester", "administrator", "requester-token", "administrator-token"])
export type ExampleAsker = z.infer<typeof ExampleAsker>

/** The body of `POST /api/approval-policy/test`: an example. */
export const TestApprovalPolicy = z.strictObject({
  projectId: AtlasId,
  providerName: ProviderName,
  action: ApprovalAction,
  asker: ExampleAsker,
})
export type TestApprovalPolicy = z.infer<typeof TestApprovalPolicy>

/** The line that decides, counted from 1, and who has to approve; null for none. */
export const ApprovalPolicyResult = z.object({
  line: z.nullable(z.number()),
  needs: z.nullable(ApprovalNeed),
})
export type ApprovalPolicyResult = z.infer<typeof ApprovalPolicyResult>
