import type { Check, CheckId, CheckStatus, Container, ProjectAddresses } from "@peering-desk/shared-schemas"
import { readContainerRegion } from "@peering-desk/shared-schemas"

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

/** `1 container`, `3 containers`. */
export function toCount(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`
}

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

/** Names a container in a sentence: `the container 10.8.0.0/21 in US_EAST_1`. */
export function nameContainer(container: Container): string {
  const region = readContainerRegion(container)
  const block = container.atlasCidrBlock ?? container.id
  return region === null ? `the container ${block}` : `the container ${block} in ${region}`
}

/** Names the first two and counts the rest: `a, b and 3 more`. */
export function nameSome(names: readonly string[]): string {
  const rest = names.length - 2
  return rest > 0 ? `${names.slice(0, 2).join(", ")} and ${rest} more` : names.join(" and ")
}

export function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

/** What somebody typed, short enough to stand in a sentence. */
export function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`
}
