import {
  explainFailure,
  failedWhileAvailable,
  getWaitingOn,
  repeatsRefusedValues,
} from "@peering-desk/peering-rules"
import { findContainerOf, type PeeringDraft } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { containersQuery } from "#api/projects/containers.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { namePeering } from "#copy/peerings.ts"

/** The failed connection that a draft replaces. */
export interface Replaced {
  name: string
  /** Why it failed; null when Atlas does not list it as failed, or the list is still loading. */
  why: string | null
  /** False once Atlas no longer lists it, so nothing is deleted. */
  isListed: boolean
  /** The draft still has the values that were refused. */
  isUnchanged: boolean
}

/** Finds the failed connection that a draft replaces; null for none. */
export function useReplaced(projectId: string, { replaces, request }: PeeringDraft): Replaced | null {
  const enabled = replaces !== undefined
  const { data: list } = useQuery({ ...peeringsQuery(projectId), enabled })
  const { data: containers } = useQuery({ ...containersQuery(projectId), enabled })
  if (replaces === undefined) return null
  const peering = list?.peerings.find(({ id }) => id === replaces)
  if (peering === undefined)
    return { name: replaces, why: null, isListed: list === undefined, isUnchanged: false }
  const { peer } = peering
  const container = findContainerOf(peer, containers)
  const isFailed = getWaitingOn(peer) === "failed"
  return {
    name: namePeering(peering),
    why: isFailed ? explainFailure(peer, failedWhileAvailable(peering)).what : null,
    isListed: true,
    isUnchanged: isFailed && repeatsRefusedValues(peer, container, request),
  }
}
