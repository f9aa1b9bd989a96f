import { readObjectIdTime } from "@peering-desk/shared-schemas"
import type { AtlasEvent } from "#atlas/project-events.ts"

/*
 * Atlas's events name the caller and the kind of change, and not the connection. Which one it was follows from
 *
 *   any id in the event    the connection with this id; no documented field has one
 *   created                the connection whose id has the time of the event
 *   changed, deleted, …    the connection that a poll saw change in that way around the time of the event
 *   otherwise              the only connection of that cloud at that time
 *
 * Where several connections fit, the event stays one of the project: a guess could name the wrong person.
 */

/** A connection that is or was in the project. Times are milliseconds since 1970. */
export interface LinkablePeering {
  id: string
  providerName: string
  goneAt: number | null
  /** Key of the user who created it through this server; null for any other. */
  createdBy: string | null
}

/** What a poll found of a connection. */
interface LinkableFinding {
  peeringId: string | null
  providerName: string | null
  kind: string
  status: string | null
  at: number
  /** The poll before. */
  afterAt: number | null
}

/** Atlas's clock and ours differ by less. */
const skewMs = 5_000
/** Longer than any time between two polls. */
const longestPollMs = 90_000

/** Returns the connection of each event, by the event's id; null where it can't be told. */
export function linkEvents(
  events: readonly AtlasEvent[],
  peerings: readonly LinkablePeering[],
  findings: readonly LinkableFinding[],
): Map<string, LinkablePeering | null> {
  const links = new Map<string, LinkablePeering | null>()
  const created = new Set<string>()
  for (const event of events.toSorted((one, other) => one.at - other.at)) {
    const inCloud = peerings.filter(({ providerName }) => providerName === event.providerName)
    const named = peerings.find(({ id }) => event.ids.includes(id))
    const link = named ?? (event.providerName === null ? null : findLink(event))
    links.set(event.id, link)
    if (link !== null && event.action === "atlas-peering-create") created.add(link.id)

    function findLink(one: AtlasEvent): LinkablePeering | null {
      if (one.action === "atlas-peering-create") return findCreated(one)
      const seen = new Set(
        findings.filter((finding) => shows(finding, one)).map(({ peeringId }) => peeringId),
      )
      if (seen.size > 0) return getOnly(inCloud.filter(({ id }) => seen.has(id)))
      const createdAt = ({ id }: LinkablePeering) => Date.parse(readObjectIdTime(id) ?? "") || 0
      return getOnly(
        inCloud.filter(
          (peering) => createdAt(peering) <= one.at + skewMs && (peering.goneAt ?? one.at) >= one.at - skewMs,
        ),
      )
    }

    /** Several creates of one caller in one moment are alike, so their order does not matter. */
    function findCreated(one: AtlasEvent): LinkablePeering | null {
      const distance = ({ id }: LinkablePeering) => Math.abs(Date.parse(readObjectIdTime(id) ?? "") - one.at)
      const near = inCloud.filter((peering) => !created.has(peering.id) && distance(peering) <= skewMs)
      const isAlike = (other: AtlasEvent) =>
        other.action !== one.action ||
        other.providerName !== one.providerName ||
        Math.abs(other.at - one.at) > 2 * skewMs ||
        (other.actor === one.actor && other.address === one.address)
      if (near.length > 1 && !events.every(isAlike)) return null
      return near.toSorted((a, b) => distance(a) - distance(b))[0] ?? null
    }
  }
  return links
}

const starting = new Set(["INITIATING", "ADDING_PEER"])
const closing = new Set(["TERMINATING", "DELETING"])

/** Tells which findings an action brings about. */
const effects: Partial<
  Record<AtlasEvent["action"], (kind: LinkableFinding["kind"], status: string) => boolean>
> = {
  "atlas-peering-change": (kind, status) =>
    kind === "peering-details" || (kind === "peering-status" && starting.has(status)),
  "atlas-peering-delete": (kind, status) => kind === "peering-gone" || closing.has(status),
  "atlas-peering-active": (_, status) => status === "AVAILABLE",
  "atlas-peering-inactive": (_, status) => status === "FAILED",
}

/** Returns whether a finding may be what an event did. */
function shows({ providerName, kind, status, at, afterAt }: LinkableFinding, event: AtlasEvent): boolean {
  const from = (afterAt ?? at - longestPollMs) - skewMs
  if (providerName !== event.providerName || event.at < from || event.at > at + skewMs) return false
  return effects[event.action]?.(kind, status ?? "") ?? false
}

function getOnly(peerings: readonly LinkablePeering[]): LinkablePeering | null {
  return peerings.length === 1 ? (peerings[0] ?? null) : null
}
