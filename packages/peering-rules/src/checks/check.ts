import type { Check, CheckId, CheckStatus, ProjectAddresses } from "@peering-desk/shared-schemas"
import { toCount } from "#formats/phrases.ts"

interface About {
  restsOn: string
  errorCode?: string
  field?: string
}

/** Puts a check together that is not red; what is left out is null. */
export function toCheck(id: CheckId, status: Exclude<CheckStatus, "red">, says: string, about: About): Check {
  return { id, status, says, errorCode: null, field: null, ...about }
}

/** What checks rest on that look at the draft alone. */
export const whatIsFilledIn = "What is filled in"

export function toRestsOnContainers({ project, containers }: ProjectAddresses): string {
  return `${toCount(containers.length, "container")} of ${project.name}`
}

export function toRestsOnPeers({ project, peers }: ProjectAddresses): string {
  return `${toCount(peers.length, "connection")} of ${project.name}`
}

/** Whether some list of a project is missing or old, so that what is not in it may be there all the same. */
export function isUnread({ readAt, problem }: ProjectAddresses): boolean {
  return readAt === null || problem !== null
}

/** Says why an absence cannot be told. */
export function sayUnread({ project }: ProjectAddresses): string {
  return `The lists of ${project.name} could not be read`
}
