import { explainFailure, toFailure, toTurn, type WaitingOn } from "@peering-desk/peering-rules"
import {
  getNetworkName,
  providerLabels,
  type AtlasPeer,
  type HandOffView,
} from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"

/** The state of a peering behind a link; `gone` when Atlas no longer lists it. */
export type HandOffTurn = WaitingOn | "gone"

/** Returns the state that the server sent; `unknown` for one of a newer server. */
export function toHandOffTurn(view: HandOffView): HandOffTurn {
  return view.turn === "gone" ? "gone" : toTurn(view)
}

/** The owner's network by its kind. */
export const networkKinds = { AWS: "VPC", GCP: "network", AZURE: "VNet" } as const

/** Returns the name of the owner's network, for the owner. */
export function nameOwnNetwork(peer: AtlasPeer): string {
  return getNetworkName(peer) ?? `your ${networkKinds[peer.providerName]}`
}

/** Returns the title of the page: what it asks for, or what became of it. */
export function toHandOffTitle(view: HandOffView): string {
  const { providerName } = view.peer
  const kind = networkKinds[providerName]
  switch (toHandOffTurn(view)) {
    case "you":
    case "atlas":
    case "unknown":
      if (providerName === "AWS") return `Accept a peering from MongoDB Atlas into your ${kind}`
      return providerName === "GCP"
        ? "Peer your network with MongoDB Atlas"
        : "Let MongoDB Atlas peer with your VNet"
    case "works":
      return `Your ${kind} is peered with MongoDB Atlas`
    case "failed":
      return `The peering with your ${kind} ${isStuck(view) ? "couldn't be deleted" : "failed"}`
    case "closing":
      return `The peering with your ${kind} is being deleted`
    case "gone":
      return `The peering with your ${kind} was deleted`
  }
}

/** Tells if Atlas couldn't delete the peering. */
function isStuck({ peer }: HandOffView): boolean {
  return toFailure(peer).cause === "removal-failed"
}

interface StateWords {
  tone: Tone
  /** The state in two words. */
  short: string
  /** Its meaning for the reader. */
  strong: string
  more: string
}

/** Describes the state of the peering to the owner of the network. */
export function toStateWords(view: HandOffView): StateWords {
  const ask = `If you did not expect that, ask ${view.askedBy.name}.`
  switch (toHandOffTurn(view)) {
    case "you":
      return { tone: "you", ...toYourWords(view.peer) }
    case "atlas":
      return { tone: "atlas", short: "In progress", ...toAtlasWords(view) }
    case "works":
      return {
        tone: "works",
        short: "Connected",
        strong: "The networks are peered.",
        more: "The steps below let applications use the peering.",
      }
    case "failed": {
      const { what, words } = explainFailure(view.peer, view.failedWhileAvailable)
      const said = words === null ? "" : ` Atlas's message: ${words.replace(/\.$/, "")}.`
      const { name } = view.askedBy
      return isStuck(view)
        ? {
            tone: "failed",
            short: "Deletion failed",
            strong: what,
            more: `Once Atlas's role is on the VNet, ${name} can delete it again.${said}`,
          }
        : {
            tone: "failed",
            short: "Failed",
            strong: what,
            more: `${name} has to create a new request.${said}`,
          }
    }
    case "closing":
      return { tone: "closing", short: "Deleting", strong: "Atlas is deleting this connection.", more: ask }
    case "gone":
      return { tone: "closing", short: "Deleted", strong: "This connection was deleted.", more: ask }
    case "unknown":
      return {
        tone: "unknown",
        short: view.status === null ? "No status" : `Status ${view.status}`,
        strong: "This page does not know the connection's status.",
        more: `Ask ${view.askedBy.name} before you do anything.`,
      }
  }
}

function toYourWords(peer: AtlasPeer): Pick<StateWords, "short" | "strong" | "more"> {
  const cloud = providerLabels[peer.providerName]
  return peer.providerName === "GCP"
    ? {
        short: "Waiting for your peering",
        strong: "Create the peering in Google Cloud.",
        more: "Google Cloud peering must be created from both sides. Atlas's side is done.",
      }
    : {
        short: "Waiting for acceptance",
        strong: `Accept the peering request in ${cloud}.`,
        more: "Only the VPC owner can accept.",
      }
}

function toAtlasWords({ peer, status }: HandOffView): Pick<StateWords, "strong" | "more"> {
  if (peer.providerName === "AZURE")
    return {
      strong: "Atlas is adding the peering. Atlas needs the role below.",
      more: "If the role is assigned already, you are done.",
    }
  return status === "FINALIZING"
    ? { strong: "Accepted. Atlas is finishing the peering.", more: "This takes a few minutes at most." }
    : {
        strong: "Atlas is preparing its side.",
        more: `You can ${peer.providerName === "GCP" ? "peer back" : "accept"} in a moment. This page updates automatically.`,
      }
}

/** Describes the result of the check after the owner reported the step as done. */
export function toSeenWords(view: HandOffView, at: string): string {
  switch (toHandOffTurn(view)) {
    case "you":
      return `Not ${view.peer.providerName === "GCP" ? "peered" : "accepted"} yet (checked ${at}). This can take a minute.`
    case "atlas":
      if (view.peer.providerName === "AZURE") return `Not peered yet (checked ${at}). This can take a minute.`
      return view.status === "FINALIZING"
        ? "Accepted. Atlas finishes the peering in a few minutes."
        : toStateWords(view).strong
    case "works":
      return "Connected. The networks are peered."
    case "failed":
    case "closing":
    case "gone":
    case "unknown":
      return toStateWords(view).strong
  }
}

/** Says what the owner's act changes, by cloud. */
export const peeringEffects: Record<AtlasPeer["providerName"], string> = {
  AWS: "It changes no route and no security group. You can delete the peering at any time.",
  GCP: "Both networks exchange subnet routes; your firewall still decides what passes. You can delete the peering at any time.",
  AZURE:
    "The role lets Atlas manage peerings of this VNet and nothing else. You can remove the role and the peering at any time.",
}
