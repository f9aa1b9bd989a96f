import { readStatus, type AtlasPeer, type Check } from "@peering-desk/shared-schemas"
import { isUnread, sayUnread, toCheck, toRestsOnPeers } from "./check.ts"
import {
  networkFields,
  readNetwork,
  readValue,
  toPeersInContainer,
  type DraftReading,
} from "#draft/parse-draft.ts"
import { isSameNetwork } from "#draft/natural-key.ts"
import { compareText } from "#draft/taken-blocks.ts"
import { toRedCheck } from "./red-codes.ts"

const errorCodes = {
  AWS: "PEER_ALREADY_EXISTS",
  GCP: "PEER_ALREADY_EXISTS_GCP",
  AZURE: "PEER_ALREADY_EXISTS_AZURE",
} as const

/** Whether the chosen container is peered with this network already, in whatever state that connection is. */
export function toDuplicateChecks(reading: DraftReading): Check[] {
  const { draft, snapshot, container, isNew } = reading
  const field = networkFields[draft.providerName]
  const about = {
    field,
    restsOn: isNew ? "A new container has no connections" : toRestsOnPeers(snapshot.here),
  }
  if (isNew) return [toCheck("duplicate", "green", "A new container has no connection yet", about)]
  if (container === null)
    return [
      toCheck("duplicate", "open", "Whether they are joined already shows once a container is chosen", about),
    ]
  if (readNetwork(reading) === null)
    return [
      toCheck("duplicate", "open", "Whether they are joined already shows once your network is named", about),
    ]
  const name = readValue(reading, field) ?? ""
  const [found] = findDuplicates(reading)
  if (found !== undefined) {
    const status = readStatus(found)
    const says = `This container is peered with ${name} already: connection ${found.id}${status === null ? "" : `, ${status}`}`
    return [toRedCheck("duplicate", errorCodes[draft.providerName], says, about)]
  }
  if (isUnread(snapshot.here)) {
    const says = `${sayUnread(snapshot.here)}, so ${name} may be peered with this container already`
    return [toCheck("duplicate", "open", says, about)]
  }
  return [toCheck("duplicate", "green", `This container is not peered with ${name} yet`, about)]
}

/** The connections of the chosen container with this same network, in an order that does not depend on the list's. */
export function findDuplicates(reading: DraftReading): AtlasPeer[] {
  const network = readNetwork(reading)
  if (network === null) return []
  const toKey = (peer: AtlasPeer) => `${peer.id} ${readStatus(peer)}`
  return toPeersInContainer(reading)
    .filter((peer) => isSameNetwork(network, peer))
    .sort((a, b) => compareText(toKey(a), toKey(b)))
}
