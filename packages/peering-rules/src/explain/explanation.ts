import type {
  AtlasPeer,
  AtlasRefusal,
  Container,
  NewContainer,
  PeeringRequest,
  ProjectAddresses,
} from "@peering-desk/shared-schemas"

/** A button that takes the person to the remedy; the page knows how. */
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
  | { kind: "recreate" }

/** The subject of the refused call; parts it was not about are left out. */
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
  /** Until the next try; null when Atlas names no time. */
  retryAfterSeconds?: number | null
}

/** A button that needs no value. */
type PlainAct = Exclude<Act, { field: string } | { peerId: string }>["kind"]

/**
 * A text, or how to word it for a refusal. In a text, `{value|this block}` is the value of the field that Atlas refused
 * and `{field|one of the fields}` its name; the words behind the bar are used when no field is known. `{pause|in a minute}` is the time
 * until the next try.
 */
type Words = string | ((subject: Subject) => string)

/** One row of the catalogue. */
export interface ExplanationEntry {
  /** States what happened. */
  what: Words
  /** Advises what to do. */
  todo: Words
  /** Fields it can be about, most likely first; an empty list when only Atlas's words tell. Its value is evidence, its act the field. */
  fields?: readonly string[]
  /** Facts from the person's own data. */
  evidence?: (subject: Subject) => string[]
  /** The button, where we can do something. */
  act?: PlainAct | ((subject: Subject) => Act | null) | null
}
