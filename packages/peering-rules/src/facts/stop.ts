import type {
  AtlasPeer,
  Container,
  Fact,
  FactName,
  FactSource,
  NetworkFacts,
} from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { listFew } from "./describe-fact.ts"
import { isFresh } from "./fresh-facts.ts"

/** A stop on the way of a packet from the application to the cluster. */
export interface Stop {
  id: "application" | "route" | "firewall" | "dns" | "role" | "peering" | "access-list" | "cluster"
  /** `later`: waits for another stop. */
  state: "proven" | "broken" | "waiting" | "not-checked" | "later"
  says: string
  /** The value in a few words, where only the stop's own rule can count it: "2 of 3 tables". */
  fact?: string
  /** One act; null where there is nothing to do here. */
  next: string | null
  /** The step of the runbook that does it. */
  stepId: string | null
  /** The weakest source that it rests on; null without one. What `link` proves is a claim until somebody signed in accepts it. */
  source: FactSource | null
  /** Time of the oldest fact that it rests on, ISO 8601; null for Atlas's current status. */
  at: string | null
}

/** Of what stops are found: the connection, and what is known of its network. */
export interface Way<Peer extends AtlasPeer = AtlasPeer> {
  peer: Peer
  container: Container | null
  facts: NetworkFacts | null
  now: number
  /** When Atlas's status was first seen, ISO 8601; null where that isn't known. */
  since: string | null
  /** The project's custom DNS on AWS is known to be enabled. */
  customDns?: boolean | undefined
}

/** Returns the CIDR of Atlas's side; empty where it isn't known. */
export function getAtlasCidr({ container }: Way): string {
  return container?.atlasCidrBlock ?? ""
}

type FactOf<Name extends FactName> = NonNullable<NetworkFacts[Name]>

/** Returns a fact that proves something; null for one that isn't known, is stale or only typed. */
export function findFresh<Name extends FactName>({ facts, now }: Way, name: Name): FactOf<Name> | null {
  const fact = facts?.[name] as FactOf<Name> | undefined
  return fact !== undefined && fact.source !== "typed" && isFresh(fact, now) ? fact : null
}

/** Returns the network's list of peerings; null for one from before Atlas's status, which then says more of the peering. */
export function findPeeringsSince(way: Way): FactOf<"peerings"> | null {
  const listed = findFresh(way, "peerings")
  const { since } = way
  const isBefore = listed !== null && since !== null && Date.parse(listed.at) < Date.parse(since)
  return isBefore ? null : listed
}

/** Builds the stop of something that isn't known, or was known too long ago. */
export function toNotChecked(
  way: Way,
  id: Stop["id"],
  stepId: string | null,
  ...names: readonly FactName[]
): Stop {
  const known = names.flatMap((name) => way.facts?.[name] ?? []) as Fact<unknown>[]
  const stale = known
    .filter((fact) => !isFresh(fact, way.now))
    .map(({ at }) => at)
    .toSorted()[0]
  return createStop(id, stepId, { source: null, at: stale ?? null })(
    "not-checked",
    stale === undefined ? "Not checked." : `Not checked since ${stale.slice(0, 16).replace("T", " ")} UTC.`,
    `Run the script that reads the network${stale === undefined ? "" : " again"} and paste its output.`,
  )
}

/** Builds the stop of the application where the cloud routes back to every subnet of the network by itself. */
export function checkSubnets(way: Way, network: string | null | undefined): Stop {
  const subnets = findFresh(way, "subnets")
  if (subnets === null || subnets.value.length === 0) return toNotChecked(way, "application", null, "subnets")
  const says = `${network} has ${listFew(subnets.value.map(({ id }) => id))}.`
  return createStop("application", null, toBasis(subnets))("proven", says)
}

type Dated = Pick<Fact<unknown>, "source" | "at">

/** What a stop rests on. */
type Basis = Pick<Stop, "source" | "at">

/**
 * Returns what builds a stop.
 * @param stepId the step of the runbook that acts on it
 * @param usual what a state rests on where nothing else is given
 */
export function createStop(id: Stop["id"], stepId: string | null, usual: Basis) {
  return (
    state: Stop["state"],
    says: string,
    next: string | null = null,
    more: Partial<Basis & Pick<Stop, "fact">> = {},
  ): Stop => ({ id, state, says, next, stepId, ...usual, ...more })
}

/** Returns the source and time of a stop that rests on facts. */
export function toBasis(...facts: readonly (Dated | null)[]): Basis {
  const known = facts.filter((one) => one !== null)
  const order: readonly FactSource[] = ["link", "typed", "pasted", "read", "atlas"]
  return {
    source: order.find((source) => known.some((one) => one.source === source)) ?? null,
    at: known.map(({ at }) => at).toSorted()[0] ?? null,
  }
}

/** Blocks that must not overlap the Atlas CIDR, whose they are, and the fact that has them. */
type Claim = readonly [blocks: readonly string[] | null | undefined, whose: string, fact: Dated | null]

/** Builds the stop of a peering that the cloud refuses for the first overlap with the Atlas CIDR; null without one. */
export function findOverlap(
  way: Way,
  stop: ReturnType<typeof createStop>,
  next: string,
  claims: readonly Claim[],
): Stop | null {
  const cidr = getAtlasCidr(way)
  for (const [blocks, whose, fact] of claims) {
    const block = blocks?.find((one) => isOverlapping(one, cidr))
    if (block !== undefined)
      return stop("broken", `${block} ${whose} overlaps ${cidr}, the Atlas CIDR.`, next, toBasis(fact))
  }
  return null
}

/** Ends a sentence with the reason that Atlas gave, if it gave one. */
export function sayWhy(what: string, reason: string | null | undefined): string {
  return reason == null ? `${what}.` : `${what}: ${reason.replace(/\.$/, "")}.`
}

/** What rests on Atlas's current status. */
export const byAtlas = { source: "atlas", at: null } as const

/** What rests on nothing yet. */
export const byNothing = { source: null, at: null } as const
