import type { AtlasRefusal, PeeringRequest, ProjectAddresses } from "@peering-desk/shared-schemas"

/** What we can do for the person, as a button; the page knows the way there. */
export type Act =
  | { kind: "correct-field"; field: string }
  | { kind: "open-connection"; peerId: string }
  | { kind: "find-free-block" }
  | { kind: "open-containers" }
  | { kind: "open-peering-only-mode" }
  | { kind: "open-azure-steps" }
  | { kind: "open-access-list" }
  | { kind: "open-keys" }
  | { kind: "choose-project" }
  | { kind: "look-again" }
  | { kind: "try-again" }
  | { kind: "try-as-new" }
  | { kind: "delete" }

/** What the person's own data say about a refusal. Whatever is not known is null. */
export interface Subject {
  refusal: AtlasRefusal
  /** What was asked for. */
  request: PeeringRequest | null
  /** The project it was asked in. */
  here: ProjectAddresses | null
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
