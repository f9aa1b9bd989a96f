import type { AtlasPeer } from "@peering-desk/shared-schemas"
import { toTurnOf } from "./lifecycle.ts"

/** How many connections a project has in all clouds, and how many Atlas allows it. */
export interface Quota {
  used: number
  most: number
  unfinished: number
  mostUnfinished: number
  /** More than the limit: Atlas's support raised it, which nobody has told us. */
  isRaised: boolean
}

/** However low its limit, a project may have so many unfinished connections (Atlas: Set Up a Network Peering Connection). */
const leastUnfinished = 25

/** Whether Atlas counts a connection as not finished: Atlas or the person has still something to do. */
export function isUnfinished(peer: AtlasPeer): boolean {
  return ["atlas", "you"].includes(toTurnOf(peer))
}

/** Counts the connections of a project, of every cloud, against Atlas's limits. @param peersPerProject what Atlas allows in all */
export function toQuota(peers: readonly AtlasPeer[], peersPerProject: number): Quota {
  const unfinished = peers.filter(isUnfinished).length
  const mostUnfinished = Math.max(leastUnfinished, Math.ceil(peersPerProject / 2))
  return {
    used: peers.length,
    most: peersPerProject,
    unfinished,
    mostUnfinished,
    isRaised: peers.length > peersPerProject || unfinished > mostUnfinished,
  }
}
