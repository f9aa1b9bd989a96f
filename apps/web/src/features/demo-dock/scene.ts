import type { OwnerAct, ProblemCode, ProviderName } from "@peering-desk/shared-schemas"
import type { PageButton } from "./page-buttons.ts"

/** An act of a scene at the end of a step: as the signed-in person, as the network's owner, as the simulated clouds, or with time. */
export type Act =
  /** Fills in the reason where the form asks for one, and presses a button of the page. */
  | { kind: "press"; button: PageButton }
  | { kind: "request-again" }
  | { kind: "share" }
  | { kind: "owner"; act: OwnerAct }
  /** Assigns Atlas's role on the virtual network, or removes it. */
  | { kind: "azure-role"; isAssigned: boolean }
  | { kind: "faults"; faults: FaultName | null }
  /** Lets so many days pass in so many seconds, until the next step's state is there. */
  | { kind: "days"; days: number; seconds: number }

/** The simulator's Atlas takes one request and loses all answers after it, or asks for a pause. */
export type FaultName = "answers-lost" | "rate-limit"

/** A state of the page, read where the page reads it. */
export type State =
  /** Atlas's status of the scene's connection, or of the one in its place. */
  | { status: string; ofAnother?: true }
  /** The form's request ended without a connection. */
  | { ended: ProblemCode }
  /** The last poll of the scene's cloud. */
  | { poll: ProblemCode | "works" }
  /** The server agrees with the form's plan. */
  | { form: "ready" }
  /** The log lists the scene's entry, or was found whole. */
  | { audit: "listed" | "verified" }

/** One caption. It shows only once its state is on the page. */
export interface Step {
  title: string
  caption: string
  waitFor?: State
  /** The page forgets the state when it is loaded again: the last act before it is then done again. */
  isForgotten?: true
  goTo?: "form" | "connection" | "activity" | "connections" | "audit" | "audit-entry"
  /** Shows the owner's page beside the product's. */
  besideOwner?: true
  /** In this order; each may be done again, after a reload. */
  acts?: readonly Act[]
}

export interface Scene {
  /** As in `?scene=`. */
  id: string
  title: string
  cloud: ProviderName
  /** Begins with addresses that another connection of the container has. */
  overlaps?: true
  /** For people who may read the audit log. */
  forAuditors?: true
  /** Sets the scene. */
  before?: readonly Act[]
  steps: readonly Step[]
}

/** Fills in the form and sends it. */
export const fillIn: Step = {
  title: "One form",
  caption:
    "The form is filled in. The checks on the right compare it with every network we know. Next sends it.",
  goTo: "form",
  acts: [{ kind: "press", button: "create" }],
}

/** Waits for the VPC's owner, on the connection's page. */
export function awaitOwner(caption: string, acts: readonly Act[]): Step {
  return {
    title: "Waiting for the owner",
    caption,
    waitFor: { status: "PENDING_ACCEPTANCE" },
    goTo: "connection",
    acts,
  }
}
