import { getStatusWaitingOn, toFailure, type Failure } from "@peering-desk/peering-rules"
import {
  escapeInvisible,
  readStatus,
  type AtlasPeer,
  type FindingKind,
  type NotificationKind,
  type RawAnswer,
} from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import type { Tables } from "#store/tables.ts"
import { addFindings, type NewFinding } from "./findings.ts"
import { toPeeringName } from "#audit/peering-names.ts"

/** One peering as an answer of Atlas shows it. Times are milliseconds since 1970. */
export interface FoundPeering {
  projectId: string
  at: number
  /** The poll before, which did not show it yet; null when that is unknown. */
  afterAt: number | null
  /** Atlas's answer before; null while Atlas did not list the peering. */
  before: AtlasPeer | null
  /** False when no answer showed it before. */
  isKnown: boolean
  /** Atlas's answer; the last one when Atlas no longer lists the peering. */
  peer: AtlasPeer
  /** That answer, unchanged; null when Atlas no longer lists the peering. */
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

/** Adds what was found of peerings to the log, in the step that stores it. */
export async function addPeeringFindings(
  transaction: Transaction<Tables>,
  found: readonly FoundPeering[],
): Promise<void> {
  const labels = await readLabels(
    transaction,
    found.filter((one) => listNotifications(one).length > 0 || one.raw === null),
  )
  await addFindings(
    transaction,
    found.map((one) => toFinding(one, labels.get(`${one.projectId} ${one.peer.id}`))),
  )
}

function toFinding(found: FoundPeering, label: string | undefined): NewFinding {
  const { projectId, at, afterAt, before, peer, raw } = found
  const { id: peeringId, providerName } = peer
  const notifications = listNotifications(found)
  const isFailed = raw !== null && getStatusWaitingOn(providerName, readStatus(peer)) === "failed"
  const values = {
    name: toPeeringName(label, peeringId, peer),
    ...getPlace(peer),
    ...(isFailed && { why: toCause(peer, before) }),
  }
  return {
    at,
    kind: toKind(found),
    about: { projectId, providerName, peeringId },
    status: readStatus(peer),
    afterAt,
    notifications,
    ...((notifications.length > 0 || raw === null) && { values }),
    raw,
  }
}

function toKind({ before, peer, raw }: FoundPeering): FindingKind {
  if (raw === null) return "peering-gone"
  if (before === null) return "peering-found"
  return readStatus(before) === readStatus(peer) ? "peering-details" : "peering-status"
}

function listNotifications(found: FoundPeering): NotificationKind[] {
  const { afterAt, before, isKnown, peer, raw } = found
  // What the first poll of a cloud shows is no news.
  if (toKind(found) === "peering-details" || (!isKnown && afterAt === null)) return []
  const wasAvailable = before !== null && readStatus(before) === "AVAILABLE"
  const kinds: NotificationKind[] = wasAvailable ? ["left-available"] : []
  const waitingOn = raw === null ? null : getStatusWaitingOn(peer.providerName, readStatus(peer))
  if (waitingOn === "you") kinds.push("action-required")
  if (waitingOn === "failed") kinds.push("failed")
  if (waitingOn === "works") kinds.push("available")
  return kinds
}

/** Says why a connection failed. What it was made with worked if it was available right before. */
function toCause(peer: AtlasPeer, before: AtlasPeer | null): string {
  const { cause } = toFailure(peer)
  return cause === "ids-do-not-match" && before !== null && readStatus(before) === "AVAILABLE"
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
  found: readonly FoundPeering[],
): Promise<Map<string, string>> {
  if (found.length === 0) return new Map()
  const rows = await transaction
    .selectFrom("peering_label")
    .select(["project_id", "peering_id", "label"])
    .where("peering_id", "in", [...new Set(found.map(({ peer }) => peer.id))])
    .execute()
  return new Map(rows.map((row) => [`${row.project_id} ${row.peering_id}`, row.label]))
}
