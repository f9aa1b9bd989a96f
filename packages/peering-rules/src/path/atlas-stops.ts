import type { AtlasPeer, Fact, NetworkFacts, StepDone } from "@peering-desk/shared-schemas"
import { isWithin } from "#addresses/cidr-range.ts"
import { listFew } from "#facts/describe-fact.ts"
import { isFresh } from "#facts/fresh-facts.ts"
import { isRunning, listClustersBehind } from "#last-mile/clusters-behind.ts"
import { isCrossRegion } from "#runbook/aws.ts"
import { toTickId } from "#runbook/done-steps.ts"
import { findCovering, nameEntry } from "./access-entries.ts"
import { toMarked, type PathKnowledge, type PathStop } from "./path-stop.ts"

type Finding = Pick<PathStop, "state" | "fact" | "says"> & { next?: string }

const none = { source: null, by: null, at: null }

/**
 * Returns what builds a stop from one of Atlas's lists.
 * @param list undefined when it wasn't read
 */
function createStop(id: PathStop["id"], stepId: string, list: { at: string | null } | undefined) {
  return (finding: Finding, isRead = true): PathStop => ({
    id,
    side: "atlas",
    next: null,
    stepId,
    number: null,
    ...finding,
    ...(isRead && list !== undefined ? { source: "atlas", by: null, at: list.at } : none),
  })
}

/** Counts what is listed beside the first one: ` +2`. */
function toMore({ length }: readonly unknown[]): string {
  return length > 1 ? ` +${length - 1}` : ""
}

/** Compares the project's IP access list with the CIDRs that the network's applications connect from. */
export function checkAccessList(
  peer: AtlasPeer,
  marks: Readonly<Record<string, StepDone>>,
  { container, entries, facts, now }: PathKnowledge,
): PathStop {
  const stop = createStop("access-list", "access-list", entries)
  const mark = marks[toTickId("access-list", peer)]
  const unknown = (says: string) => {
    const open = stop({ state: "not-checked", fact: "Not checked", says }, false)
    return mark === undefined ? open : toMarked(open, mark)
  }
  const known = findOwnCidrs(peer, facts, now)
  const cidrs = [...new Set(known?.value)]
  if (entries === undefined) return unknown("Atlas's IP access list wasn't read.")
  if (cidrs.length === 0) return unknown("Which CIDRs your applications connect from isn't known.")
  const missing = cidrs.filter((cidr) => findCovering(entries.value, cidr).length === 0)
  const covering = cidrs.flatMap((cidr) => findCovering(entries.value, cidr))
  const ending = covering.flatMap(({ deleteAfterDate }) => deleteAfterDate ?? [])
  const failed = covering.find(({ status }) => status === "FAILED")
  const pending = covering.find(({ status }) => status === "PENDING")
  const names = listFew(cidrs)
  const group = entries.value.find(({ awsSecurityGroup }) => awsSecurityGroup != null)
  if (
    missing.length > 0 &&
    group !== undefined &&
    peer.providerName === "AWS" &&
    !isCrossRegion(peer, container)
  )
    return unknown(
      `The IP access list has ${nameEntry(group)}, and not ${listFew(missing)}. Whether your applications use that security group isn't known.`,
    )
  const parts = entries.value.filter(({ cidrBlock }) =>
    missing.some((cidr) => isWithin(cidrBlock ?? "", cidr)),
  )
  if (parts.length > 0)
    return unknown(
      `The IP access list has ${listFew(parts.map(nameEntry))}, and not all of ${listFew(missing)}. Whether all your applications are listed isn't known.`,
    )
  if (missing.length > 0)
    return stop({
      state: "waiting",
      fact: `${missing[0]} not listed`,
      says: `The IP access list doesn't have ${listFew(missing)}.`,
      next: `Add ${listFew(missing)} to the IP access list.`,
    })
  if (failed !== undefined)
    return stop({
      state: "broken",
      fact: "Atlas couldn't add it",
      says: `Atlas lists ${nameEntry(failed)} in the IP access list as FAILED, so it lets nothing in.`,
      next: `Delete ${nameEntry(failed)} in Atlas, then add it again.`,
    })
  if (pending !== undefined)
    return stop({
      state: "in-progress",
      fact: "Atlas adds it",
      says: `Atlas is adding ${nameEntry(pending)} to the IP access list.`,
    })
  if (ending.length > 0)
    return stop({
      state: "waiting",
      fact: "Listed for a time only",
      says: `Atlas removes an entry for ${names} on ${ending.toSorted()[0]?.slice(0, 16).replace("T", " ")} UTC.`,
      next: `Add ${names} without an end.`,
    })
  const listed = stop({
    state: "proven",
    fact: `${cidrs[0]} listed${toMore(cidrs)}`,
    says: `The IP access list has ${names}.`,
  })
  if (known?.source !== "link") return listed
  return { ...listed, state: "marked", source: "link", by: known.by ?? null, at: known.at }
}

type Cidrs = Fact<string[]> | { value: string[]; source?: undefined }

/** AWS: the CIDR that Atlas was given. Elsewhere only the network's own facts tell, while they are fresh. */
function findOwnCidrs(peer: AtlasPeer, facts: NetworkFacts | null, now: number): Cidrs | undefined {
  if (peer.providerName === "AWS")
    return { value: peer.routeTableCidrBlock ? [peer.routeTableCidrBlock] : [] }
  const { subnets, addresses } = facts ?? {}
  const ofSubnets = subnets && { ...subnets, value: subnets.value.flatMap(({ cidrs }) => cidrs) }
  return [ofSubnets, addresses].find((fact) => fact && fact.value.length > 0 && isFresh(fact, now))
}

/** Finds the clusters behind the peering. Whether applications reach them isn't tested here. */
export function checkCluster(peer: AtlasPeer, { container, clusters }: PathKnowledge): PathStop {
  const stop = createStop("cluster", "try-it", clusters)
  if (clusters === undefined || container === null)
    return stop(
      { state: "not-checked", fact: "Not checked", says: "Which clusters run here wasn't read." },
      false,
    )
  const behind = listClustersBehind(peer, container, clusters.value).map(({ cluster }) => cluster)
  const running = behind.filter(isRunning)
  const [first] = running
  if (first !== undefined)
    return stop({
      state: "proven",
      fact: `${first.name} runs${toMore(running)}`,
      says: `${listFew(running.map(({ name }) => name))} ${running.length === 1 ? "runs" : "run"} behind this connection.`,
    })
  const [other] = behind
  if (other?.paused === true)
    return stop({
      state: "waiting",
      fact: `${other.name} is paused`,
      says: `${other.name} is paused.`,
      next: "Resume it in Atlas.",
    })
  if (other?.stateName === "CREATING")
    return stop({
      state: "in-progress",
      fact: `${other.name} is coming`,
      says: `Atlas is creating ${other.name}.`,
    })
  if (clusters.value.some(({ isDedicated, regions }) => isDedicated && regions.length === 0))
    return stop({ state: "not-checked", fact: "Region unknown", says: "Atlas names no region of a cluster." })
  return stop({ state: "later", fact: "No cluster here yet", says: "No cluster runs in this container yet." })
}
