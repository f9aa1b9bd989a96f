import { getStatusWaitingOn, toFailure, type Failure } from "@peering-desk/peering-rules"
import {
  escapeInvisible,
  getNetworkName,
  readAtlasPeer,
  type AtlasPeer,
  type NotificationKind,
  type ProviderName,
  type RawAnswer,
} from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import type { Tables } from "#store/tables.ts"
import { addEvents, type EventValues, type NewNotificationEvent } from "./notification-events.ts"

/** A status of a peering that a poll saw, and the one before. */
export interface StatusChange {
  projectId: string
  providerName: ProviderName
  peeringId: string
  at: number
  /** Null for the first status that is known; the peering may have had it for long. */
  before: string | null
  /** Null when Atlas no longer lists the peering. */
  status: string | null
  /** Atlas's answer, or its last one; null when that is not known. */
  raw: RawAnswer | null
}

const causes: Record<Failure["cause"], string> = {
  rejected: "the network's owner rejected the request",
  expired: "nobody accepted the request in time",
  "ids-do-not-match": "the account, network or CIDR doesn't match",
  "overlapping-cidr": "the addresses overlap",
  "permission-withdrawn": "Atlas lacks a permission in the cloud",
  "network-deleted": "the network no longer exists",
  "removal-failed": "it could not be removed",
  other: "see its page for Atlas's answer",
}

/** Writes events for changed statuses, in the step that stores these. */
export async function addPeeringEvents(
  transaction: Transaction<Tables>,
  changes: readonly StatusChange[],
): Promise<void> {
  const told = changes.flatMap((change) => {
    const kinds = listKinds(change)
    return kinds.length === 0 ? [] : [{ change, kinds }]
  })
  if (told.length === 0) return
  const labels = await readLabels(
    transaction,
    told.map(({ change }) => change),
  )
  const events = told.flatMap(({ change, kinds }) => {
    const { projectId, providerName, peeringId, at } = change
    const values = toValues(change, labels.get(`${projectId} ${peeringId}`))
    return kinds.map((kind): NewNotificationEvent => ({
      at,
      kind,
      about: { projectId, providerName, peeringId },
      values,
    }))
  })
  await addEvents(transaction, events)
}

function listKinds({ providerName, before, status }: StatusChange): NotificationKind[] {
  const kinds: NotificationKind[] = before === "AVAILABLE" ? ["left-available"] : []
  const waitingOn = status === null ? null : getStatusWaitingOn(providerName, status)
  if (waitingOn === "you") kinds.push("action-required")
  if (waitingOn === "failed") kinds.push("failed")
  if (waitingOn === "works") kinds.push("available")
  return kinds
}

function toValues(
  { peeringId, providerName, before, status, raw }: StatusChange,
  label?: string,
): EventValues {
  const peer = raw && readAtlasPeer(raw, providerName)
  const failed = status !== null && getStatusWaitingOn(providerName, status) === "failed"
  return {
    name: label ?? escapeInvisible((peer && getNetworkName(peer)) || peeringId),
    status,
    ...(peer && getPlace(peer)),
    ...(peer && failed && { why: toCause(peer, before) }),
  }
}

/** Says why a connection failed. What it was made with worked if it was available right before. */
function toCause(peer: AtlasPeer, before: string | null): string {
  const { cause } = toFailure(peer)
  return cause === "ids-do-not-match" && before === "AVAILABLE"
    ? "the network is no longer found"
    : causes[cause]
}

function getPlace(peer: AtlasPeer): { place?: string } {
  const place =
    peer.providerName === "AWS"
      ? peer.awsAccountId
      : peer.providerName === "GCP"
        ? peer.gcpProjectId
        : peer.azureSubscriptionId
  return place ? { place: escapeInvisible(place) } : {}
}

async function readLabels(
  transaction: Transaction<Tables>,
  changes: readonly StatusChange[],
): Promise<Map<string, string>> {
  const rows = await transaction
    .selectFrom("peering_label")
    .select(["project_id", "peering_id", "label"])
    .where("peering_id", "in", [...new Set(changes.map(({ peeringId }) => peeringId))])
    .execute()
  return new Map(rows.map((row) => [`${row.project_id} ${row.peering_id}`, row.label]))
}
