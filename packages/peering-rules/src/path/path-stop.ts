import type {
  AccessListEntry,
  Cluster,
  Container,
  FactSource,
  NetworkFacts,
  ProviderName,
} from "@peering-desk/shared-schemas"
import type { Stop } from "#facts/stop.ts"

export type PathState = Stop["state"] | "in-progress" | "marked" | "planned" | "sent"

/** A stop as it is drawn. */
export interface PathStop {
  id: Stop["id"]
  /** Where it is drawn: the owner's network, the gap between both networks, or Atlas. */
  side: "own" | "gap" | "atlas"
  state: PathState
  /** A few words with the value: "4 subnets", "27015–27017 out", "Owner must accept". Empty where the state says it all. */
  fact: string
  /** A sentence or two with all values. */
  says: string
  /** One act; null where there is nothing to do here. */
  next: string | null
  /** The step of the runbook that does it; null without one. */
  stepId: string | null
  source: FactSource | "mark" | null
  /** The role, person or link that it rests on; null where that isn't known. */
  by: string | null
  /** When its source said so, ISO 8601; null without a source, and where that time isn't known. */
  at: string | null
  /** Number of the act on a planned or sent stop: "1", "1·2"; null otherwise. */
  number: string | null
}

export interface Path {
  providerName: ProviderName
  stops: PathStop[]
  /** The stop to do now; null where everything is proven or marked, or nothing can be done. */
  open: PathStop["id"] | null
  /** Nothing is broken or waits; some of the owner's stops aren't checked, which one look-up does. */
  isOwnSideUnknown: boolean
}

/** What is known beside the connection itself. Each list is undefined until it was read, with the time of the answer. */
export interface PathKnowledge {
  container: Container | null
  facts: NetworkFacts | null
  entries?: { value: readonly AccessListEntry[]; at: string | null } | undefined
  clusters?: { value: readonly Cluster[]; at: string | null } | undefined
  /** The project's custom DNS on AWS; undefined until it was read. */
  customDns?: boolean | undefined
  /** When Atlas last answered for the connection. */
  checkedAt: string | null
  /** Milliseconds since 1970. */
  now: number
  /** Atlas no longer lists it. */
  isGone?: boolean
}

/** Returns a stop that has nothing to show yet, or nothing any more. */
export function toLater(stop: PathStop, fact: string): PathStop {
  return { ...stop, state: "later", fact, says: "", next: null, source: null, by: null, at: null }
}

/** Turns a stop that isn't checked into one that somebody marked. */
export function toMarked(stop: PathStop, { by, at }: { by: string; at: string }): PathStop {
  return {
    ...stop,
    state: "marked",
    fact: `Marked by ${by}`,
    says: `${by} marked it as done.`,
    next: null,
    source: "mark",
    by,
    at,
  }
}
