import { explainFailure, type Instruction, type WaitingOn } from "@peering-desk/peering-rules"
import { providerLabels, type AtlasPeer, type HandOffView } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"
import { getNetworkName } from "./peerings.ts"

export const toolWords: Record<Instruction["tool"], string> = {
  aws: "AWS CLI",
  gcloud: "gcloud",
  az: "Azure CLI",
  terraform: "Terraform",
  shell: "A shell in your network",
  console: "In the console",
}

/** The state of a peering behind a link; `gone` when Atlas no longer lists it. */
export type HandOffTurn = WaitingOn | "gone"

const turns: readonly HandOffTurn[] = ["atlas", "you", "works", "failed", "closing", "gone"]

/** Returns the state that the server sent; `unknown` for one of a newer server. */
export function toHandOffTurn({ turn }: HandOffView): HandOffTurn {
  return turns.find((one) => one === turn) ?? "unknown"
}

const unnamedNetworks = { AWS: "your VPC", GCP: "your network", AZURE: "your VNet" } as const

/** Returns the name of the owner's network, for the owner. */
export function nameOwnNetwork(peer: AtlasPeer): string {
  return getNetworkName(peer) ?? unnamedNetworks[peer.providerName]
}

interface StateWords {
  tone: Tone
  /** The state in two words. */
  short: string
  /** Its meaning for the reader. */
  strong: string
  more: string
}

const asks = "Ask the person who sent you the link."

/** Describes the state of the peering to the owner of the network. */
export function toStateWords(view: HandOffView): StateWords {
  const turn = toHandOffTurn(view)
  switch (turn) {
    case "you":
      return { tone: "you", short: "Your turn", ...toYourWords(view.peer) }
    case "atlas":
      return { tone: "atlas", short: "Atlas is working", ...toAtlasWords(view) }
    case "works":
      return {
        tone: "works",
        short: "It works",
        strong: "The two networks are joined.",
        more: "What is below makes your applications use it.",
      }
    case "failed": {
      const { what, words } = explainFailure(view.peer, view.container)
      const said = words === null ? "" : ` Atlas says: ${words.replace(/\.$/, "")}.`
      return {
        tone: "failed",
        short: "It failed",
        strong: what,
        more: `Tell the person who sent you the link; they have to ask anew.${said}`,
      }
    }
    case "closing":
      return {
        tone: "closing",
        short: "Being removed",
        strong: "Atlas is removing this connection.",
        more: `Nothing for you to do. If that is unexpected: ${asks.toLowerCase()}`,
      }
    case "gone":
      return {
        tone: "closing",
        short: "Gone",
        strong: "This connection is no longer there.",
        more: `Nothing for you to do. If that is unexpected: ${asks.toLowerCase()}`,
      }
    case "unknown":
      return {
        tone: "unknown",
        short: view.status === null ? "No status" : `Atlas says ${view.status}`,
        strong: "Atlas gives a state that this page does not know.",
        more: `Nothing is guessed from it. ${asks}`,
      }
  }
}

function toYourWords(peer: AtlasPeer): Pick<StateWords, "strong" | "more"> {
  return peer.providerName === "GCP"
    ? {
        strong: "Make the other half of the peering in Google Cloud.",
        more: "It works once both networks have made one. There is no deadline.",
      }
    : {
        strong: `Accept the peering request in ${providerLabels[peer.providerName]}.`,
        more: "MongoDB Atlas has asked for it; only the owner of the network can say yes.",
      }
}

function toAtlasWords({ peer, status }: HandOffView): Pick<StateWords, "strong" | "more"> {
  if (peer.providerName === "AZURE")
    return {
      strong: "Atlas is adding the peering. It needs the permission below.",
      more: "If you gave it already, there is nothing for you to do.",
    }
  return status === "FINALIZING"
    ? { strong: "Atlas has seen your acceptance.", more: "It finishes by itself, in a few minutes at most." }
    : { strong: "Atlas is preparing its side.", more: "Your turn comes next; this page says so by itself." }
}

/** Describes the result of the poll after the owner pressed "I did it". */
export function toSeenWords(view: HandOffView, at: string): string {
  switch (toHandOffTurn(view)) {
    case "you":
      return `Atlas has not seen it yet: at ${at} it still says ${view.status ?? "nothing"}. That can take a minute; this page keeps looking.`
    case "atlas":
      return view.peer.providerName === "AZURE"
        ? `Atlas is still working at ${at}. This page keeps looking.`
        : "Atlas has seen it, and finishes by itself."
    case "works":
      return "Atlas has seen it: the two networks are joined."
    case "failed":
    case "closing":
    case "gone":
    case "unknown":
      return toStateWords(view).strong
  }
}
