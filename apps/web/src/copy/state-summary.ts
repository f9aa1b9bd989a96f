import {
  getWaitingOn,
  isDeclined,
  nameFailure,
  toFailure,
  type Expiry,
  type Failure,
  type Path,
  type PathStop,
  type WaitingOn,
} from "@peering-desk/peering-rules"
import {
  getNetworkName,
  providerLabels,
  readStatus,
  type AtlasPeer,
  type Broken,
  type Declined,
} from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"
import { formatTimeLeft, formatUsual } from "./expiry-words.ts"
import { networkKinds } from "./hand-off.ts"
import { formatAccount } from "./peerings.ts"
import { nameBroken } from "./stops.ts"

export { formatExpiry, formatTimeLeft, formatUsual } from "./expiry-words.ts"

/** A state for a list or a card: a few words, and a second line that may be missing. */
export interface StateSummary {
  tone: Tone
  title: string
  below: string | null
}

/** What is known about a peering beside Atlas's answer. */
export interface StateFacts {
  /** When AWS drops the request; null when it has no end. */
  expiry?: Expiry | null
  /** How long this state usually lasts here, in milliseconds; null without enough observations. */
  usualMs?: number | null
  /** The container's CIDR. */
  atlasCidr?: string | null
  /** Set once Atlas no longer lists the peering; `by` is null when nobody here deleted it. */
  deleted?: { by: string | null } | null
  /** Set once the network's owner declined the request. */
  declined?: Declined | undefined
  /** A stop in the cloud that a role read to be broken. */
  broken?: Broken | undefined
  /** The connection's path, where the page builds it. */
  path?: Path
}

/** Summarises a state. The expiry and the usual duration appear only when they are known. */
export function summariseState(peer: AtlasPeer, facts: StateFacts, now: number): StateSummary {
  if (facts.deleted != null) {
    const { by } = facts.deleted
    return { tone: "closing", title: "Deleted", below: by === null ? "outside Peering Desk" : `by ${by}` }
  }
  const tone = getWaitingOn(peer)
  if (isDeclined({ turn: tone, declined: facts.declined }))
    return { tone: "failed", title: "Declined by owner", below: formatTimeLeft(facts.expiry, now) }
  const broken = facts.path?.stops.find(({ state }) => state === "broken") ?? toBrokenStop(facts.broken)
  if (tone === "works" && broken !== undefined)
    return {
      tone: "failed",
      title: `${nameBroken(broken, peer.providerName)} in ${providerLabels[peer.providerName]}`,
      below: cutLine(broken.says.replace(/\.$/, "")),
    }
  return { tone, ...stateWords[tone](peer, facts, now) }
}

/** The words of each state as Atlas shows it. */
const stateWords: Record<
  WaitingOn,
  (peer: AtlasPeer, facts: StateFacts, now: number) => Pick<StateSummary, "title" | "below">
> = {
  atlas: (peer, { usualMs }) => ({
    title:
      readStatus(peer) === "FINALIZING" ? "Finalizing" : `Requesting in ${providerLabels[peer.providerName]}`,
    below: formatUsual(usualMs),
  }),
  you: (peer, { expiry }, now) =>
    peer.providerName === "AWS"
      ? { title: "Accept in AWS", below: formatTimeLeft(expiry, now) }
      : { title: `Peer from ${providerLabels[peer.providerName]}`, below: "no deadline" },
  works: (_peer, { path }) => ({
    title: path?.stops.some(({ state }) => state !== "proven") === true ? "Available in Atlas" : "Available",
    below: null,
  }),
  failed: (peer, { atlasCidr = null }) => {
    const { cause, words } = toFailure(peer)
    return { title: nameFailure(peer), below: failureDetails[cause](peer, words, atlasCidr) }
  },
  closing: (_peer, { usualMs }) => ({ title: "Deleting", below: formatUsual(usualMs) }),
  unknown: (peer) => ({ title: "Unknown status", below: readStatus(peer) ?? "not given" }),
}

function toBrokenStop(broken: Broken | undefined): Pick<PathStop, "id" | "says"> | undefined {
  return broken && { id: broken.stop as PathStop["id"], says: broken.says }
}

/** Long enough for one line of a list. */
const longest = 40

/** The line below a failure by its cause. */
const failureDetails: Record<
  Failure["cause"],
  (peer: AtlasPeer, words: string | null, atlasCidr: string | null) => string | null
> = {
  rejected: ({ providerName }) => `by the ${networkKinds[providerName]} owner`,
  expired: () => "not accepted in time",
  "overlapping-cidr": (peer, _words, atlasCidr) => toOverlapDetail(peer, atlasCidr),
  "ids-do-not-match": toOwner,
  "network-deleted": toOwner,
  "permission-withdrawn": (peer) => (getNetworkName(peer) ? `on ${getNetworkName(peer)}` : null),
  "removal-failed": ({ providerName }) => `in ${providerLabels[providerName]}`,
  other: (_peer, words) => cutLine(words ?? "no reason given"),
}

function cutLine(words: string): string {
  return words.length > longest ? `${words.slice(0, longest - 1)}…` : words
}

/** Names what is known of the two sides: Atlas doesn't tell which network overlaps which. */
function toOverlapDetail(peer: AtlasPeer, atlasCidr: string | null): string | null {
  const own = peer.providerName === "AWS" ? peer.routeTableCidrBlock : null
  if (own == null) return atlasCidr === null ? null : `Atlas CIDR ${atlasCidr}`
  return own === atlasCidr ? `both ${own}` : `VPC CIDR ${own}`
}

/** Names the account, project or resource group of a network. */
function toOwner(peer: AtlasPeer): string | null {
  switch (peer.providerName) {
    case "AWS":
      return peer.awsAccountId ? `in ${formatAccount(peer.awsAccountId)}` : null
    case "GCP":
      return peer.gcpProjectId ? `in ${peer.gcpProjectId}` : null
    case "AZURE":
      return peer.resourceGroupName ? `in ${peer.resourceGroupName}` : null
  }
}
