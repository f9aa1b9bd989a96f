import { providerNames, type Container, type Peering, type ProviderName } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { createSearch } from "#shared/search-text.ts"
import { choiceField, readFilter, textField, type FilterFields } from "#ui/hooks/use-search-filter.ts"
import type { FindContainer } from "#shared/polling/use-project-peerings.ts"

/** The filter of the list. It is kept in the address, which can be sent to somebody. */
export interface ListFilter {
  text: string
  cloud: ProviderName | null
  /** Only connections on which a person must act. */
  needsPerson: boolean
}

export const listFields: FilterFields<ListFilter> = {
  text: textField("q"),
  cloud: choiceField("cloud", providerNames, null),
  needsPerson: {
    name: "needs",
    read: (text) => text === "person",
    write: (needsPerson) => (needsPerson ? "person" : ""),
  },
}

export const everyConnection: ListFilter = readFilter(listFields, new URLSearchParams())

/** Returns whether a person must act: in their cloud, or on a failure. */
export function needsPerson(peering: Peering): boolean {
  const turn = getWaitingOn(peering.peer)
  return turn === "you" || turn === "failed"
}

/** Returns whether Atlas counts a connection against its limit of pending ones. */
export function isPending(peering: Peering): boolean {
  const turn = getWaitingOn(peering.peer)
  return turn === "you" || turn === "atlas"
}

/** Returns the connections that fit a filter; its text is searched for in the values of the connection and of its container. */
export function filterPeerings(
  peerings: readonly Peering[],
  findContainer: FindContainer,
  { text, cloud, needsPerson: onlyPerson }: ListFilter,
): Peering[] {
  const fits = createSearch(text)
  return peerings.filter((peering) => {
    if (cloud !== null && peering.peer.providerName !== cloud) return false
    if (onlyPerson && !needsPerson(peering)) return false
    return text === "" || fits(toSearchedValues(peering, findContainer(peering.peer)))
  })
}

function toSearchedValues({ peer, label }: Peering, container: Container | null | undefined): string {
  return [label, ...Object.values(peer), ...Object.values(container ?? {})]
    .filter((value) => typeof value === "string")
    .join("\n")
    .toLowerCase()
}
