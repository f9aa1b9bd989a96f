import {
  readVpcRegionId,
  requestFields,
  type Container,
  type NetworkFacts,
  type Observation,
  type Peering,
} from "@peering-desk/shared-schemas"
import {
  explainFailure,
  failedWhileAvailable,
  toFailure,
  type Failure,
  type FailureAct,
} from "@peering-desk/peering-rules"
import { formatAccount } from "#copy/peerings.ts"
import { toSourceWords } from "#copy/stops.ts"
import { formatMoment } from "#ui/time/times.ts"

/** A line of evidence: when, what was seen, and who saw it. */
interface EvidenceRow {
  at: string
  says: string
  source: string
}

/** Why a connection failed, from what was seen, and what mends it. */
export interface Repair {
  title: string
  todo: string
  evidence: EvidenceRow[]
  acts: readonly FailureAct[]
  /** The network was deleted after the connection worked: no value mends it. */
  isNetworkGone: boolean
  /** The values of the request; one that is suspected can be corrected in place. */
  fields: RepairField[]
}

export interface RepairField {
  name: string
  label: string
  value: string
  isSuspected: boolean
  /** What a role or look-up saw in its place; null where nothing did. */
  found: string | null
}

const notFound = new Set(["ids-do-not-match", "network-deleted"])

/**
 * Explains a failed connection from the evidence: Atlas's words, polls, and what is known of the network.
 * @param last the poll that first saw it failed; null before it is read
 */
export function toRepair(
  peering: Peering,
  container: Container | null,
  { facts, last, now }: { facts: NetworkFacts | null; last: Observation | null; now: number },
): Repair {
  const { peer } = peering
  const wasAvailable = failedWhileAvailable(peering)
  const { what, todo, words, acts } = explainFailure(peer, wasAvailable)
  const { cause } = toFailure(peer)
  const isNetworkGone = wasAvailable && notFound.has(cause)
  const fields = isNetworkGone ? [] : listFields(peering, container, facts, cause)
  const wrong = fields.find(({ found }) => found !== null)
  const at = last?.at ?? peering.history.at(-1)?.at ?? peering.firstSeenAt
  return {
    title: isNetworkGone
      ? `${toWhere(peering, words)} ${toInterval(last, at, now)}`
      : wrong === undefined
        ? what
        : `${wrong.label} is ${show(wrong.name, wrong.found ?? "")}, not ${show(wrong.name, wrong.value)}`,
    todo: isNetworkGone
      ? "A deleted network can't be restored. If its application moved, connect the new one. If it is still there, request the connection again."
      : todo,
    isNetworkGone,
    acts,
    fields,
    evidence: [
      ...(wasAvailable && last?.after != null
        ? [{ at: last.after, says: "AVAILABLE", source: "Atlas, the poll before" }]
        : []),
      { at, says: words ?? "FAILED, without a reason", source: "Atlas" },
      ...listFound(facts),
    ].toSorted((one, other) => one.at.localeCompare(other.at)),
  }
}

/** A network that isn't found is only certain to be deleted where Atlas says so. */
function toWhere({ peer: { providerName } }: Peering, words: string | null): string {
  const was = /deleted|no longer exists/i.test(words ?? "") ? "was" : "was probably"
  return {
    AWS: `The VPC ${was} deleted in AWS`,
    GCP: `The network ${was} deleted in Google Cloud`,
    AZURE: `The VNet ${was} deleted in Azure`,
  }[providerName]
}

function toInterval(last: Observation | null, at: string, now: number): string {
  return last?.after == null || last.after === at
    ? `before ${formatMoment(at, now, true)}`
    : `between ${formatMoment(last.after, now, true)} and ${formatMoment(at, now, true)}`
}

/** What was read of the network itself. */
function listFound(facts: NetworkFacts | null): EvidenceRow[] {
  const region = facts?.region
  if (region === undefined || region.source === "typed") return []
  const { before, after } = toSourceWords(region.source, region.by ?? null)
  return [{ at: region.at, says: `Found in ${region.value}`, source: `${before} ${after}`.trim() }]
}

/** The fields that name the network. Those that a lookup can't match are suspected, or the one that evidence contradicts. */
function listFields(
  { peer }: Peering,
  container: Container | null,
  facts: NetworkFacts | null,
  cause: Failure["cause"],
): RepairField[] {
  const seen: Record<string, string | undefined> = {
    awsAccountId: toValue(facts?.account),
    accepterRegionName: toValue(facts?.region),
  }
  const fields = Object.entries(requestFields[peer.providerName]).flatMap(
    ([name, { label }]): RepairField[] => {
      const given = Reflect.get(peer, name) as string | null | undefined
      const value =
        name === "accepterRegionName" && peer.providerName === "AWS"
          ? readVpcRegionId(peer, container)
          : given
      if (!value) return []
      const other = cause === "ids-do-not-match" ? seen[name] : undefined
      const found = other === undefined || other === value ? null : other
      return [{ name, label, value, isSuspected: false, found }]
    },
  )
  const isKnown = fields.some(({ found }) => found !== null)
  const suspects = cause === "ids-do-not-match" ? ["awsAccountId", "vpcId", "accepterRegionName"] : []
  return fields.map((field) => ({
    ...field,
    isSuspected: isKnown ? field.found !== null : suspects.includes(field.name),
  }))
}

function toValue(fact: { value: string; source: string } | undefined): string | undefined {
  return fact === undefined || fact.source === "typed" ? undefined : fact.value
}

function show(name: string, value: string): string {
  return name === "awsAccountId" ? formatAccount(value) : value
}
