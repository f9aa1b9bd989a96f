/** Button labels, in the order of the control API's acts. */
export const actNames = {
  accept: "Accept",
  reject: "Reject",
  expire: "Let it expire",
  "create-reciprocal": "Create the reciprocal peering",
  "revoke-permission": "Revoke the permission",
  "delete-network": "Delete the network",
}

/** Announcements of an act that succeeded. */
export const actDone = {
  accept: "accepted",
  reject: "rejected",
  expire: "expired",
  "create-reciprocal": "reciprocal peering created",
  "revoke-permission": "permission revoked",
  "delete-network": "network deleted",
}

export const cloudNames = { AWS: "AWS", GCP: "Google Cloud", AZURE: "Azure" }

const tones = {
  INITIATING: "atlas",
  FINALIZING: "atlas",
  ADDING_PEER: "atlas",
  PENDING_ACCEPTANCE: "you",
  WAITING_FOR_USER: "you",
  AVAILABLE: "works",
  FAILED: "failed",
  DELETION_FAILED: "failed",
  TERMINATING: "closing",
  DELETING: "closing",
}
const glyphs = { atlas: "◔", you: "▶", works: "●", failed: "✕", closing: "○" }

/** Returns who acts next, or how it ended; once a reciprocal peering exists, Atlas acts next. */
export function toneOf(peer) {
  const tone = tones[peer.status] ?? "atlas"
  return tone === "you" && !isWaiting(peer) ? "atlas" : tone
}

export const glyphOf = (peer) => glyphs[toneOf(peer)]

/** Returns true when the network's owner has to act next. */
export function isWaiting(peer) {
  return peer.acts.includes("accept") || peer.acts.includes("create-reciprocal")
}

/** Returns the name that the network has in its cloud. */
export const networkOf = (peer) => peer.vpcId ?? peer.networkName ?? peer.vnetName

/** Lists where the network is, as pairs of label and value. */
export function whereabouts(peer) {
  switch (peer.providerName) {
    case "AWS":
      return [
        ["account", peer.awsAccountId],
        ["region", peer.accepterRegionName],
        ["block", peer.routeTableCidrBlock],
        ...(peer.connectionId === null ? [] : [["connection", peer.connectionId]]),
      ]
    case "GCP":
      return [["project", peer.gcpProjectId]]
    default:
      return [
        ["resource group", peer.resourceGroupName],
        ["subscription", peer.azureSubscriptionId],
      ]
  }
}

/** Formats simulated milliseconds with their two largest units: `4 d 19 h`, `25 s`. */
export function spanOf(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const units = [
    ["d", Math.floor(seconds / 86_400)],
    ["h", Math.floor(seconds / 3600) % 24],
    ["min", Math.floor(seconds / 60) % 60],
    ["s", seconds % 60],
  ]
  const first = units.findIndex(([, count]) => count > 0)
  if (first === -1) return "0 s"
  return units
    .slice(first, first + 2)
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => `${count} ${unit}`)
    .join(" ")
}

/** Returns the next automatic step or the failure; empty when there is neither. */
export function prospectOf(peer, now) {
  if (peer.next !== null) {
    const span = spanOf(Date.parse(peer.next.at) - now)
    if (peer.status === "PENDING_ACCEPTANCE") return `expires in ${span}`
    return peer.next.status === "GONE" ? `gone in ${span}` : `${peer.next.status} in ${span}`
  }
  return peer.failure ?? (peer.status === "WAITING_FOR_USER" ? "does not expire" : "")
}

/** Formats a moment as the simulated clock shows it, in UTC. */
export const momentOf = (ms) => `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`
