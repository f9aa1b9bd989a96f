import { providerLabels, type AtlasPeer } from "@peering-desk/shared-schemas"
import type { Turn } from "@peering-desk/peering-rules"
import { toStateWords } from "#copy/connection-words.ts"

/** Whose turn it is, or how it ended; with the act that is asked for, where somebody must act. */
export function toTaskWords(peer: AtlasPeer, turn: Turn, status: string | null): string {
  if (turn !== "you") return toStateWords(turn, status)
  return peer.providerName === "GCP"
    ? "Peer back from Google Cloud"
    : `Accept in ${providerLabels[peer.providerName]}`
}

const stationNames: Readonly<Record<string, string>> = {
  INITIATING: "Requesting in AWS",
  PENDING_ACCEPTANCE: "Waiting for acceptance",
  FINALIZING: "Finalizing",
  ADDING_PEER: "Adding the peer",
  WAITING_FOR_USER: "Waiting for your peering",
  AVAILABLE: "Available",
  FAILED: "Failed",
  TERMINATING: "Removing",
  DELETING: "Removing",
  DELETION_FAILED: "Removal failed",
}

/** What a status word of Atlas means, in a few words; the word itself when we do not know it. */
export function toStationName(status: string | null): string {
  if (status === null) return "No status"
  return Object.hasOwn(stationNames, status) ? (stationNames[status] ?? status) : status
}
