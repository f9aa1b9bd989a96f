import { toContentHash } from "#base/content-hash.ts"
import { readFields, type StoredAuditRow } from "#audit/chain/audit-rows.ts"
import type { AuditAttempt, AuditEvent, AuditResult } from "./audit-events.ts"
import { toFieldsText, toKeptFields, toStorableText } from "./audit-fields.ts"
import { readActorFields, toActorFields } from "./actor-fields.ts"

/** A row without its place in the chain, which it gets when it is written. */
export type RowContent = Omit<StoredAuditRow, "sequence" | "at" | "previous_hash" | "hash">

export function toEventContent(event: AuditEvent): RowContent {
  return {
    ...toContent(event),
    kind: "event",
    project_id: "projectId" in event ? event.projectId && toStorableText(event.projectId) : null,
    peering_id: "peeringId" in event ? event.peeringId && toStorableText(event.peeringId) : null,
    reason: "reason" in event ? toStorableText(event.reason) : null,
    detail: toFieldsText({ ...event.detail, ...toActorFields(event.actor) }),
  }
}

export function toAttemptContent(attempt: AuditAttempt): RowContent {
  return {
    ...toContent(attempt),
    kind: "attempt",
    project_id: toStorableText(attempt.projectId),
    peering_id: attempt.peeringId && toStorableText(attempt.peeringId),
    reason: attempt.reason && toStorableText(attempt.reason),
    request_hash: toContentHash(attempt.request),
    detail: toFieldsText(toActorFields(attempt.actor)),
    before: toKeptFields(attempt.before),
  }
}

export function toOutcomeContent(
  attempt: RowContent,
  attemptSequence: number,
  result: AuditResult,
): RowContent {
  return {
    ...attempt,
    kind: "outcome",
    peering_id: result.peeringId === undefined ? attempt.peering_id : toStorableText(result.peeringId),
    outcome: result.outcome,
    answer_code: result.answerCode && toStorableText(result.answerCode),
    detail: toFieldsText({ ...readActorFields(readFields(attempt.detail)), ...result.detail }),
    after: toKeptFields(result.after),
    attempt_sequence: attemptSequence,
  }
}

function toContent({ actor, address, action }: AuditEvent | AuditAttempt): RowContent {
  return {
    kind: "",
    actor_issuer: actor && toStorableText(actor.issuer),
    actor_subject: actor && toStorableText(actor.subject),
    actor_name: actor && toStorableText(actor.name),
    address: address && toStorableText(address),
    action,
    project_id: null,
    peering_id: null,
    reason: null,
    request_hash: null,
    outcome: null,
    answer_code: null,
    detail: null,
    before: null,
    after: null,
    attempt_sequence: null,
  }
}
