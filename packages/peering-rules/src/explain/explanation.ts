import type {
  AtlasPeer,
  AtlasRefusal,
  Container,
  NewContainer,
  PeeringRequest,
  ProjectAddresses,
} from "@peering-desk/shared-schemas"

/** What we can do for the person, as a button; the page knows how. */
export type Act =
  | { kind: "correct-field"; field: string }
  | { kind: "open-connection"; peerId: string }
  | { kind: "open-connections" }
  | { kind: "find-free-block" }
  | { kind: "open-containers" }
  | { kind: "open-peering-only-mode" }
  | { kind: "show-azure-steps" }
  | { kind: "open-keys" }
  | { kind: "choose-project" }
  | { kind: "ask-anew" }

/** What the refused call was about; what it was not about is left out. */
export interface About {
  /** The connection that was asked for. */
  request?: PeeringRequest
  /** The connection that was to be changed or deleted, as it was last seen. */
  peer?: AtlasPeer
  /** The container that was asked for, or was to be deleted. */
  container?: NewContainer | Container
  /** The entry that was to go onto the access list. */
  entry?: { cidrBlock?: string; awsSecurityGroup?: string }
}

/** All that an explanation can rest on. */
export interface Subject extends About {
  refusal: AtlasRefusal
  /** The project it was asked in; null when it is not known. */
  here: ProjectAddresses | null
  /** Something was to be changed, and nobody knows whether it was. */
  mayBeDone: boolean
}

type Says = string | ((subject: Subject) => string)

/** One entry of the catalogue; every part is needed, so that none is forgotten. */
export interface ExplanationEntry {
  /** What happened. */
  what: Says
  /** From the person's own data; an empty list when they say nothing. */
  evidence: (subject: Subject) => string[]
  /** What to do. */
  todo: Says
  /** The button, where we can do it. */
  act: (subject: Subject) => Act | null
}

export const noEvidence = (): string[] => []
export const noAct = (): Act | null => null
export const act = (what: Act) => (): Act | null => what

export function say(says: Says, subject: Subject): string {
  return typeof says === "string" ? says : says(subject)
}
