import { randomBytes } from "node:crypto"
import type { ApprovalNeed, Asker, ProviderName } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import { toCreateId } from "#creates/create-kind.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant } from "#base/clock.ts"
import type { ApprovalGate, AskedChange } from "#changes/engine/approval-gate.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import { userOf } from "#sign-in/require-user.ts"
import { toUserKey } from "#store/session-store.ts"
import { toEventPart } from "./approval-events.ts"
import { toApprovalAnswer } from "./approval-answer.ts"
import { isSameAsked } from "./check-approval.ts"
import type { ApprovalDeps } from "./approval-deps.ts"
import { toActions, toPlanHash } from "./approval-plan.ts"
import { decideStrictest, toAskers, toStricterNeed, type ApprovalPolicy } from "./approval-policy.ts"
import { listProjectClouds, planHeld } from "./plan-held.ts"
import { isExpired, type NewApproval, type StoredApproval } from "./stored-approval.ts"

const hourMs = 60 * 60_000

/** Holds what the policy wants approved. Without a policy it reads nothing. */
export function createApprovalGate(deps: ApprovalDeps): ApprovalGate {
  const { approvalRows, audit, clock } = deps

  async function isCreated(projectId: string, key: string): Promise<boolean> {
    return (await deps.changes.find(toCreateId({ projectId, key })))?.state === "done"
  }

  /** Returns the clouds that a change concerns. A connection that is gone has none. */
  async function listClouds(projectId: string, asked: AskedChange): Promise<readonly ProviderName[]> {
    if ("create" in asked) return [asked.create.request.providerName]
    if ("plan" in asked) return listProjectClouds(asked)
    const found = await getPeering(deps.pollers, projectId, asked.peeringId, beforeChangeMs).catch(toNone)
    return found === null ? [] : [found.peer.providerName]
  }

  /** Returns a create that was held before under its key; null when it is carried out, or the key is new. */
  async function findEarlier(
    projectId: string,
    asked: Extract<AskedChange, { key: string }>,
    userKey: string,
  ): Promise<StoredApproval | null> {
    const earlier = await approvalRows.findByKey(projectId, asked.key)
    if (earlier === null) return null
    if (earlier.userKey !== userKey || !isSameAsked(earlier, asked)) throw toKeyReused()
    return earlier
  }

  async function store(approval: NewApproval, checkedAt: number): Promise<StoredApproval> {
    const { projectId, reason, planHash, userKey, needs } = approval
    const { identity: actor, address } = approval.requester
    const { detail, ...about } = toEventPart(approval)
    let id = approval.id
    await audit.recordChange(
      {
        action: "approval-requested",
        actor,
        address,
        ...about,
        reason,
        detail: { ...detail, needs, expiresAt: toInstant(approval.expiresAt) },
      },
      async (transaction) => {
        const same = await approvalRows.findSame({ projectId, userKey, planHash }, transaction)
        if (same !== null) id = same.id
        if (same !== null || !(await approvalRows.insert(approval, transaction))) return false
        await deps.people.save(approval.requester, checkedAt, transaction)
        return true
      },
    )
    const stored = (await approvalRows.find(id)) ?? (await approvalRows.findByKey(projectId, approval.key))
    if (stored === null) throw new Error("A held change was removed while it was stored")
    // Another request under the same key may have been stored at the same moment.
    if (stored.userKey !== userKey || stored.planHash !== planHash) throw toKeyReused()
    return stored
  }

  return {
    async hold(request: Request, projectId, asked) {
      const policy = deps.approvalPolicy.read()
      if (policy === null) return null
      const caller = userOf(request)
      const { identity, claims, checkedAt } = caller
      const userKey = toUserKey(identity)
      const held = (approval: StoredApproval) => ({
        approval: toApprovalAnswer(approval, caller, clock.now()),
      })

      const clouds = await listClouds(projectId, asked)
      const [providerName = null, ...more] = clouds
      const askers = toAskers(deps.ruleBook.accessOf(claims), projectId, identity.token !== undefined)
      const needs = findNeed(policy, askers, { projectId, clouds, asked })
      // A peering that is gone needs no approval either: nothing is left to send.
      if (needs === null) return null
      if ("key" in asked) {
        const earlier = await findEarlier(projectId, asked, userKey)
        // Its intent has the answer.
        if (earlier?.state === "done" && (await isCreated(projectId, asked.key))) return null
        if (earlier !== null) return held(refuseClosed(earlier, clock.now()))
      }
      const { peeredBlocks = null, ...planned } = await planHeld(deps, projectId, caller, asked)
      const requester = { identity, claims, address: request.ip ?? null }
      const id = randomBytes(12).toString("base64url")
      return held(
        await store(
          {
            id,
            projectId,
            providerName: more.length === 0 ? providerName : null,
            key: "key" in asked ? asked.key : id,
            ...planned,
            peeredBlocks,
            planHash: toPlanHash({ projectId, ...planned, peeredBlocks, requester, needs }),
            userKey,
            requester,
            needs,
            expiresAt: clock.now() + policy.expireAfterHours * hourMs,
            peeringId: "peeringId" in asked ? asked.peeringId : null,
          },
          checkedAt,
        ),
      )
    },
  }
}

function findNeed(
  policy: ApprovalPolicy,
  askers: readonly Asker[],
  { projectId, clouds, asked }: { projectId: string; clouds: readonly ProviderName[]; asked: AskedChange },
): ApprovalNeed | null {
  return clouds
    .flatMap((providerName) =>
      toActions(asked).map(
        (action) => decideStrictest(policy, askers, { projectId, providerName, action }).needs,
      ),
    )
    .reduce(toStricterNeed, null)
}

/**
 * Refuses a repeated request whose first one was decided against, or failed.
 * @throws AppError `approval_closed`
 */
function refuseClosed(approval: StoredApproval, now: number): StoredApproval {
  if (approval.state === "approved" || approval.state === "sending") return approval
  if (approval.state === "waiting" && !isExpired(approval, now)) return approval
  throw new AppError("approval_closed", {
    detail: `${explainClosed(approval, now)} Send it with a new Idempotency-Key to request it again.`,
  })
}

/** Says in a sentence what became of a request that no longer waits. */
export function explainClosed(approval: StoredApproval, now: number): string {
  const { state, decider, declineReason, problem } = approval
  const name = decider?.name ?? "Somebody"
  switch (state) {
    case "waiting":
      return isExpired(approval, now) ? "It expired before anybody decided." : "It waits for approval."
    case "approved":
    case "sending":
    case "done":
      return `${name} approved it.`
    case "failed":
      return `${name} approved it, but it failed: ${problem?.detail ?? problem?.title ?? "no reason is known"}.`
    case "declined":
      return `${name} declined it: ${declineReason ?? "no reason given"}.`
    case "withdrawn":
      return `${name} withdrew it.`
  }
}

function toKeyReused(): AppError {
  return new AppError("idempotency_key_reused", {
    detail: "Send changed content under a new Idempotency-Key.",
  })
}

function toNone(thrown: unknown): null {
  if (thrown instanceof AppError && thrown.code === "peering_not_found") return null
  throw thrown
}
