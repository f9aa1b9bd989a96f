import { networkFields, readStatus, type AtlasPeer, type Check } from "@peering-desk/shared-schemas"
import { checkWithoutContainer, createCheck, isUnread, sayUnread, toBasedOnPeers } from "./check.ts"
import { readNetwork, readValue, toPeersInContainer, type DraftReading } from "#draft/parse-draft.ts"
import { isSameNetwork } from "#draft/natural-key.ts"
import { compareText } from "#draft/taken-blocks.ts"

const errorCodes = {
  AWS: "PEER_ALREADY_EXISTS",
  GCP: "PEER_ALREADY_EXISTS_GCP",
  AZURE: "PEER_ALREADY_EXISTS_AZURE",
} as const

/** Checks if the chosen container is already peered with this network, in any status. */
export function checkDuplicate(reading: DraftReading): Check {
  const { draft, snapshot, container, isNew } = reading
  const field = networkFields[draft.providerName]
  const basedOn = isNew ? "the new container" : toBasedOnPeers(snapshot.here)
  const check = createCheck("duplicate", { field, basedOn })
  if (isNew) return check.green("The new container has no connections yet")
  const question = "Duplicate check:"
  if (container === null) return checkWithoutContainer(reading, question, check)
  if (readNetwork(reading) === null) return check.open(`${question} enter your network first`)
  const name = readValue(reading, field) ?? ""
  const [found] = findDuplicates(reading)
  if (found !== undefined) {
    const peering = { projectId: snapshot.here.project.id, peeringId: found.id }
    const status = readStatus(found)
    const says = `${name} already has a connection to this container: ${found.id}${status === null ? "" : `, ${status}`}`
    return { ...check.red(errorCodes[draft.providerName], says), peering }
  }
  if (isUnread(snapshot.here))
    return check.unchecked(`${sayUnread(snapshot.here)}. ${name} may have a connection to this container`)
  return check.green(`${name} has no connection to this container yet`)
}

/** Finds the peerings of the chosen container with this network, in an order independent of the list's. */
export function findDuplicates(reading: DraftReading): AtlasPeer[] {
  const network = readNetwork(reading)
  if (network === null) return []
  const toKey = (peer: AtlasPeer) => `${peer.id} ${readStatus(peer)}`
  return toPeersInContainer(reading)
    .filter((peer) => isSameNetwork(network, peer))
    .sort((a, b) => compareText(toKey(a), toKey(b)))
}
