import { providerNames, type Container, type Peering, type ProviderName } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import type { FindContainer } from "#shared/polling/use-project-peerings.ts"

/** What the list is narrowed to. It lives in the address, so that it can be sent to somebody. */
export interface ListFilter {
  text: string
  cloud: ProviderName | null
  /** Only those that a person must do something about. */
  needsPerson: boolean
}

export function readListFilter(search: URLSearchParams): ListFilter {
  const cloud = search.get("cloud")
  return {
    text: search.get("q") ?? "",
    cloud: providerNames.find((name) => name === cloud) ?? null,
    needsPerson: search.get("needs") === "person",
  }
}

/** The address of a filter; what is not narrowed is left out of it. */
export function writeListFilter({ text, cloud, needsPerson }: ListFilter): URLSearchParams {
  const search = new URLSearchParams()
  if (text !== "") search.set("q", text)
  if (cloud !== null) search.set("cloud", cloud)
  if (needsPerson) search.set("needs", "person")
  return search
}

/** Whether somebody must do something about a connection: act in their cloud, or look into a failure. */
export function needsPerson(peering: Peering): boolean {
  const turn = getWaitingOn(peering.peer)
  return turn === "you" || turn === "failed"
}

/** Whether Atlas counts a connection against its limit of pending ones: asked for and neither working nor failed. */
export function isPending(peering: Peering): boolean {
  const turn = getWaitingOn(peering.peer)
  return turn === "you" || turn === "atlas"
}

/**
 * The connections that fit a filter. Every word of the text must occur in some value of the connection or of its container,
 * in any case; spaces and dashes of an account number are forgiven.
 */
export function filterPeerings(
  peerings: readonly Peering[],
  findContainer: FindContainer,
  { text, cloud, needsPerson: onlyPerson }: ListFilter,
): Peering[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const asAccount = /^[\d\s-]{12,}$/.test(text.trim()) ? text.replace(/\D/g, "") : null
  return peerings.filter((peering) => {
    if (cloud !== null && peering.peer.providerName !== cloud) return false
    if (onlyPerson && !needsPerson(peering)) return false
    if (words.length === 0) return true
    const haystack = toHaystack(peering, findContainer(peering.peer))
    return (
      (asAccount !== null && haystack.includes(asAccount)) || words.every((word) => haystack.includes(word))
    )
  })
}

function toHaystack({ peer, label }: Peering, container: Container | null | undefined): string {
  return [label, ...Object.values(peer), ...Object.values(container ?? {})]
    .filter((value) => typeof value === "string")
    .join("\n")
    .toLowerCase()
}
