import { actionKinds } from "@peering-desk/shared-schemas"
import { toContentHash } from "#base/content-hash.ts"
import { readData, toDataText, type EventData } from "#audit/chain/event-data.ts"
import type { StoredEvent } from "#audit/chain/event-rows.ts"
import type { NewEvent } from "#store/event-log.ts"
import type { AuditAttempt, AuditEvent, AuditResult } from "./audit-events.ts"
import { toFields, toKeptFields, toStorableText } from "./audit-fields.ts"
import { readActorFields, toActorFields } from "./actor-fields.ts"

/** The content of a row of the audit log. */
export interface RowContent extends Pick<NewEvent, "columns"> {
  data: Partial<EventData>
}

export function toNewEvent({ columns, data }: RowContent): NewEvent {
  return { columns, data: toDataText(data) }
}

export function toEventContent(event: AuditEvent): RowContent {
  const { columns, data } = toContent(event)
  const { notification = null } = actionKinds[event.action]
  return {
    columns: {
      ...columns,
      phase: "event",
      notification,
      project_id: "projectId" in event ? event.projectId : null,
      provider_name: "providerName" in event ? event.providerName : null,
      peering_id: "peeringId" in event ? event.peeringId : null,
    },
    data: {
      ...data,
      reason: "reason" in event ? toText(event.reason) : null,
      detail: toFields({ ...event.detail, ...toActorFields(event.actor) }),
    },
  }
}

export function toAttemptContent(attempt: AuditAttempt): RowContent {
  const { columns, data } = toContent(attempt)
  return {
    columns: { ...columns, phase: "attempt", project_id: attempt.projectId, peering_id: attempt.peeringId },
    data: {
      ...data,
      reason: toText(attempt.reason),
      requestHash: toContentHash(attempt.request),
      detail: toFields({ ...toKeptFields(attempt.request), ...toActorFields(attempt.actor) }),
      before: toKeptFields(attempt.before),
    },
  }
}

/** Returns the content that a stored row was written with. */
export function toStoredContent(row: StoredEvent): RowContent {
  return { columns: row, data: readData(row) }
}

export function toOutcomeContent(
  { columns, data }: RowContent,
  attemptSequence: number,
  result: AuditResult,
): RowContent {
  const { peering_id: attempted = null } = columns
  const { outcome, answerCode, peeringId = attempted } = result
  return {
    columns: { ...columns, phase: "outcome", peering_id: peeringId, outcome, attempt: attemptSequence },
    data: {
      ...data,
      // The attempt has it.
      requestHash: null,
      answerCode: toText(answerCode),
      detail: toFields({ ...readActorFields(data.detail ?? null), ...result.detail }),
      after: toKeptFields(result.after),
    },
  }
}

function toContent({ actor, address, action }: AuditEvent | AuditAttempt): RowContent {
  return {
    columns: {
      phase: "",
      kind: action,
      actor_issuer: actor?.issuer ?? null,
      actor_subject: actor?.subject ?? null,
      actor_name: actor?.name ?? null,
    },
    data: { address: toText(address) },
  }
}

const toText = (text: string | null) => text && toStorableText(text)
