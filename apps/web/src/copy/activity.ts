import type { ActivityEntry } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"

/** A sentence around the name of a connection or container. */
export interface ActivityWords {
  before: string
  after: string
  tone: Tone
}

/** The words before the name of the object: when it succeeded, and when it did not. */
const actions: Record<string, { did: string; tried: string; tone: Tone }> = {
  "peering-create": { did: "requested", tried: "request", tone: "atlas" },
  "peering-change": { did: "edited", tried: "edit", tone: "atlas" },
  "peering-delete": { did: "deleted", tried: "delete", tone: "closing" },
  "container-create": { did: "created container", tried: "create container", tone: "works" },
  "container-delete": { did: "deleted container", tried: "delete container", tone: "closing" },
  "managed-override": { did: "unlocked", tried: "unlock", tone: "you" },
  "atlas-peering-create": { did: "created", tried: "create", tone: "atlas" },
  "atlas-peering-change": { did: "changed", tried: "change", tone: "atlas" },
  "atlas-peering-delete": { did: "deleted", tried: "delete", tone: "closing" },
  "atlas-container-change": { did: "changed container", tried: "change container", tone: "atlas" },
  "atlas-container-delete": { did: "deleted container", tried: "delete container", tone: "closing" },
  "hand-off-made": { did: "shared", tried: "share", tone: "you" },
  "decline-answered": { did: "answered the decline of", tried: "answer the decline of", tone: "you" },
  "facts-pasted": { did: "pasted facts of", tried: "paste facts of", tone: "you" },
  "facts-accepted": { did: "accepted facts of", tried: "accept facts of", tone: "you" },
}

/** Marks on a connection: the words after its name, with the person before. */
const stepActions: Record<string, string> = {
  "step-marked": "marked a step as done for",
  "step-unmarked": "took back a step of",
  "use-marked": "named what the application uses of",
  "use-unmarked": "changed what the application uses of",
}

/** Acts of the network's owner behind a share link, and what they and others make known: the words after the name of the connection. */
const ownerActions: Record<string, { after: string; tone: Tone }> = {
  "hand-off-pressed": { after: "was reported as done by the network owner", tone: "you" },
  "hand-off-declined": { after: "was declined by the network owner", tone: "failed" },
  "hand-off-taken-back": { after: "is no longer declined by the network owner", tone: "you" },
  "hand-off-pasted": { after: "got facts from the network owner", tone: "you" },
  "step-undone": { after: "has a step that is undone", tone: "failed" },
  "broken-in-aws": { after: "is broken in AWS", tone: "failed" },
  "fixed-in-aws": { after: "is fixed in AWS", tone: "works" },
}

const changes: Record<string, { after: string; tone: Tone }> = {
  gone: { after: "was deleted", tone: "closing" },
  atlas: { after: "is in progress", tone: "atlas" },
  you: { after: "waits for the network owner", tone: "you" },
  works: { after: "is available", tone: "works" },
  failed: { after: "failed", tone: "failed" },
  closing: { after: "is being deleted", tone: "closing" },
}

/** Returns the sentence of an entry around the name of its connection. Unknown actions and statuses stay as they are. */
export function toActivityWords({ kind, what, outcome, turn, actorName }: ActivityEntry): ActivityWords {
  const own = kind === "status" ? toStatusWords(what, turn) : ownerActions[what]
  if (own !== undefined) return { before: "", ...own }
  const actor = actorName ?? "Peering Desk"
  const stepAction = stepActions[what]
  if (stepAction !== undefined) return { before: `${actor} ${stepAction}`, after: "", tone: "you" }
  const action = actions[what]
  if (action === undefined) return { before: `${actor}: ${what}`, after: "", tone: "unknown" }
  const { did, tried, tone } = action
  if (outcome === "refused" || outcome === "failed")
    return { before: `${actor} could not ${tried}`, after: "", tone: "failed" }
  if (outcome === "unknown" || outcome === "unclear")
    return { before: `${actor} tried to ${tried}`, after: "(outcome unknown)", tone: "unknown" }
  return { before: `${actor} ${did}`, after: "", tone }
}

function toStatusWords(what: string, turn: ActivityEntry["turn"]): Omit<ActivityWords, "before"> {
  return changes[what === "gone" ? what : (turn ?? "")] ?? { after: `changed to ${what}`, tone: "unknown" }
}
