import { toContentHash } from "#base/content-hash.ts"
import { readData, toDataText, type EventData } from "#audit/chain/event-data.ts"
import type { StoredEvent } from "#audit/chain/event-rows.ts"
import type { NewEvent } from "#store/event-log.ts"
import type { AuditAttempt, AuditEvent, AuditResult } from "./audit-events.ts"
import { toFields, toKeptFields, toStorableText } from "./audit-fields.ts"
import { readActorFields, toActorFields } from "./actor-fields.ts"

/** The content of a row of the audit log. */
export interface RowContent extends Pick<NewEvent, "columns"> {
  data: EventData
}

export function toNewEvent({ columns, data }: RowContent): NewEvent {
  return { columns, data: toDataText(data) }
}

export function toEventContent(event: AuditEvent): RowContent {
  const { columns, data } = toContent(event)
  return {
    columns: {
      ...columns,
      phase: "event",
      project_id: "projectId" in event ? event.projectId && toStorableText(event.projectId) : null,
      peering_id: "peeringId" in event ? event.peeringId && toStorableText(event.peeringId) : null,
    },
    data: {
      ...data,
      reason: "reason" in event ? toStorableText(event.reason) : null,
      detail: toFields({ ...event.detail, ...toActorFields(event.actor) }),
    },
  }
}

export function toAttemptContent(attempt: AuditAttempt): RowContent {
  const { columns, data } = toContent(attempt)
  return {
    columns: {
      ...columns,
      phase: "attempt",
      project_id: toStorableText(attempt.projectId),
      peering_id: attempt.peeringId && toStorableText(attempt.peeringId),
    },
    data: {
      ...data,
      reason: attempt.reason && toStorableText(attempt.reason),
      requestHash: toContentHash(attempt.request),
      detail: toFields(toActorFields(attempt.actor)),
      before: toKeptFields(attempt.before),
    },
  }
}

/** Returns the content that a stored row was written with. */
export function toStoredContent(row: StoredEvent): RowContent {
  return {
    columns: {
      phase: row.phase,
      kind: row.kind,
      actor_issuer: row.actor_issuer,
      actor_subject: row.actor_subject,
      actor_name: row.actor_name,
      project_id: row.project_id,
      peering_id: row.peering_id,
      outcome: row.outcome,
      attempt: row.attempt,
      once: null,
    },
    data: readData(row),
  }
}

export function toOutcomeContent(
  { columns, data }: RowContent,
  attemptSequence: number,
  result: AuditResult,
): RowContent {
  return {
    columns: {
      ...columns,
      phase: "outcome",
      peering_id: result.peeringId === undefined ? columns.peering_id : toStorableText(result.peeringId),
      outcome: result.outcome,
      attempt: attemptSequence,
    },
    data: {
      ...data,
      answerCode: result.answerCode && toStorableText(result.answerCode),
      detail: toFields({ ...readActorFields(data.detail), ...result.detail }),
      after: toKeptFields(result.after),
    },
  }
}

function toContent({ actor, address, action }: AuditEvent | AuditAttempt): RowContent {
  return {
    columns: {
      phase: "",
      kind: action,
      actor_issuer: actor && toStorableText(actor.issuer),
      actor_subject: actor && toStorableText(actor.subject),
      actor_name: actor && toStorableText(actor.name),
      project_id: null,
      peering_id: null,
      outcome: null,
      attempt: null,
      once: null,
    },
    data: {
      address: address && toStorableText(address),
      reason: null,
      requestHash: null,
      answerCode: null,
      detail: null,
      before: null,
      after: null,
    },
  }
}
