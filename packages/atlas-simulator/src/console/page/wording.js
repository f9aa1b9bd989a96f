/** What buttons say, in the order of the control API's acts. */
export const actNames = {
  accept: "Accept",
  reject: "Reject",
  expire: "Let it expire",
  "create-reciprocal": "Create the reciprocal peering",
  "revoke-permission": "Revoke the permission",
  "delete-network": "Delete the network",
}

/** What has happened once an act is done. */
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

/** Whose turn it is, or how it ended; a reciprocal peering that exists is Atlas's to find. */
export function toneOf(peer) {
  const tone = tones[peer.status] ?? "atlas"
  return tone === "you" && !isWaiting(peer) ? "atlas" : tone
}

export const glyphOf = (peer) => glyphs[toneOf(peer)]

/** Whether the owner of the network has to do something before anything goes on. */
export function isWaiting(peer) {
  return peer.acts.includes("accept") || peer.acts.includes("create-reciprocal")
}

/** The name the network has on its own side. */
export const networkOf = (peer) => peer.vpcId ?? peer.networkName ?? peer.vnetName

/** Where the network is, as pairs of a label and a value. */
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

/** Writes a span of simulated milliseconds with its two largest units: `4 d 19 h`, `25 s`. */
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

/** What comes next without anybody's doing, or why it failed; an empty text when there is nothing to say. */
export function prospectOf(peer, now) {
  if (peer.next !== null) {
    const span = spanOf(Date.parse(peer.next.at) - now)
    if (peer.status === "PENDING_ACCEPTANCE") return `expires in ${span}`
    return peer.next.status === "GONE" ? `gone in ${span}` : `${peer.next.status} in ${span}`
  }
  return peer.failure ?? (peer.status === "WAITING_FOR_USER" ? "does not expire" : "")
}

/** Writes a moment as it reads on the simulated clock, which is in UTC. */
export const momentOf = (ms) => `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`
