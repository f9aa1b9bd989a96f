import type { ApprovalAction, ProviderName } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { ApprovalGate } from "#changes/engine/ask-for-change.ts"
import { ask, type ChangeRecords } from "#changes/engine/change-states.ts"
import { toPlanHash } from "#changes/engine/plan-hash.ts"
import { isHeld, toChangeId, type HeldChange } from "#changes/engine/stored-change.ts"
import type { RuleBook } from "#sign-in/access-rules.ts"
import type { KnownPeople } from "#sign-in/person-listener.ts"
import { userOf } from "#sign-in/require-user.ts"
import { toUserKey } from "#store/session-store.ts"
import { toApprovalAnswer } from "./approval-answer.ts"
import { toEventPart } from "./approval-events.ts"
import { decideStrictest, toAskers, toStricterNeed, type ApprovalPolicyBook } from "./approval-policy.ts"

interface GateDeps extends ChangeRecords {
  approvalPolicy: ApprovalPolicyBook
  ruleBook: Pick<RuleBook, "accessOf">
  people: KnownPeople
  clock: Clock
}

const hourMs = 60 * 60_000

/** Holds what the policy wants approved. Without a policy it reads nothing. */
export function createApprovalGate(deps: GateDeps): ApprovalGate {
  const { approvalPolicy, changeRows, clock, people, ruleBook } = deps
  return {
    async hold({ request, projectId, reason }, kind, { subject, plan }) {
      const policy = approvalPolicy.read()
      if (policy === null) return null
      const caller = userOf(request)
      const { identity, claims, checkedAt } = caller
      const askers = toAskers(ruleBook.accessOf(claims), projectId, identity.token !== undefined)
      const findNeed = (providerName: ProviderName, action: ApprovalAction) =>
        decideStrictest(policy, askers, { projectId, providerName, action }).needs
      const needs = kind
        .toClouds(plan)
        .flatMap((cloud) => kind.toActions(plan).map((action) => findNeed(cloud, action)))
        .reduce(toStricterNeed, null)
      if (needs === null) return null

      const before = await kind.readBefore({ projectId, subject, plan, before: null })
      const requester = { identity, claims, address: request.ip ?? null }
      const thing = { kind: kind.action, projectId, subject, plan, before }
      const planHash = toPlanHash(kind, { ...thing, held: { reason, requester, needs } })
      const expiresAt = clock.now() + policy.expireAfterHours * hourMs
      const held = { planHash, expiresAt, reason, requester, needs, decision: null }
      const change = { ...thing, id: toChangeId(thing), userKey: toUserKey(identity), held }
      const { detail, ...about } = toEventPart(kind, change)
      const event = {
        action: "approval-requested",
        actor: identity,
        address: requester.address,
        ...about,
        reason,
        detail: { ...detail, needs, expiresAt: toInstant(expiresAt) },
      } as const
      const asked = await ask(deps, change, event, (transaction) =>
        people.save(requester, checkedAt, transaction),
      )
      const stored = asked ?? (await changeRows.findByKey(projectId, subject))
      // Another request under the same key may have been stored at the same moment.
      if (stored !== null && !isHeld(stored))
        throw new AppError("idempotency_key_reused", {
          detail:
            "Another person has to approve this by now. Send it under a new Idempotency-Key to request it.",
        })
      if (stored === null || stored.held.planHash !== planHash)
        throw new AppError("idempotency_key_reused", {
          detail: "Send changed content under a new Idempotency-Key.",
        })
      return { approval: toApprovalAnswer(kind, stored, caller) }
    },
    show({ request }, kind, earlier) {
      if (!isHeld(earlier)) throw new Error(`Change ${earlier.id} was not held`)
      const approval = toApprovalAnswer(kind, earlier, userOf(request))
      if (["waiting", "approved", "unknown"].includes(approval.state)) return { approval }
      throw new AppError("approval_closed", {
        detail: `${explainClosed(earlier)} Send it with a new Idempotency-Key to request it again.`,
      })
    },
  }
}

/** Says in a sentence what became of a request that no longer waits. */
export function explainClosed(change: HeldChange): string {
  return explanations[change.state](change.held.decision?.by.name ?? "Somebody", change)
}

const explainApproved = (name: string) => `${name} approved it.`
const explainFailed = (name: string, { problem }: HeldChange) =>
  `${name} approved it, but it failed: ${endSentence(problem?.detail ?? problem?.title ?? "no reason is known")}`

/** Reasons are people's or Atlas's words, which may be sentences. */
const endSentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`)

const explanations: Record<HeldChange["state"], (name: string, change: HeldChange) => string> = {
  waiting: () => "It waits for approval.",
  expired: () => "It expired before anybody decided.",
  ready: explainApproved,
  sent: explainApproved,
  unknown: explainApproved,
  done: explainApproved,
  refused: explainFailed,
  failed: explainFailed,
  unclear: explainFailed,
  declined: (name, { held }) =>
    `${name} declined it: ${endSentence(held.decision?.reason ?? "no reason given")}`,
  withdrawn: (name) => `${name} withdrew it.`,
}
