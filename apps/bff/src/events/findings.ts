import type {
  AuditFields,
  FindingKind,
  NotificationKind,
  ProviderName,
  RawAnswer,
} from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import { toFields } from "#audit/audit-fields.ts"
import { toDataText } from "#audit/chain/event-data.ts"
import { appendEvents, type NewEvent } from "#store/event-log.ts"
import type { Tables } from "#store/tables.ts"
import type { NotificationValues } from "./notifications.ts"

/** The values of a finding's sentence that no column has. None is a secret. */
interface FindingValues extends Pick<NotificationValues, "name" | "place" | "why" | "expiresAt" | "since"> {
  /** Why polls failed. */
  problem?: string | null
}

/** Something that a poll or the server found. Times are milliseconds since 1970. */
export interface NewFinding {
  at: number
  kind: FindingKind
  /** Null for a finding about the installation. */
  about: { projectId: string; providerName: ProviderName; peeringId: string | null } | null
  status?: string | null
  /** The poll before, which did not show it yet. */
  afterAt?: number | null
  notifications?: readonly NotificationKind[]
  values?: FindingValues
  /** Atlas's answer, unchanged. */
  raw?: RawAnswer | null
  /** A second finding with the same text is left out. */
  once?: string
}

/**
 * Adds findings to the log, in the step of what they are about.
 * @returns how many were new
 */
export async function addFindings(
  transaction: Transaction<Tables>,
  findings: readonly NewFinding[],
): Promise<number> {
  return await appendEvents(transaction, findings.map(toNewEvent))
}

function toNewEvent(finding: NewFinding): NewEvent {
  const { at, kind, about, status = null, afterAt = null, notifications = [], values, raw, once } = finding
  return {
    columns: {
      phase: "finding",
      kind,
      project_id: about?.projectId ?? null,
      provider_name: about?.providerName ?? null,
      peering_id: about?.peeringId ?? null,
      status,
      after_at: afterAt,
      notification: notifications.length === 0 ? null : notifications.join(" "),
      once: once ?? null,
    },
    data: toDataText({
      detail: values === undefined ? null : toFields(values),
      // Atlas's answer may have values of any shape.
      after: (raw ?? null) as AuditFields | null,
    }),
    at,
  }
}
