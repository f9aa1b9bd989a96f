import { capitalize } from "@peering-desk/peering-rules"
import {
  actionKinds,
  findingKinds,
  networkFields,
  type AuditOutcome,
  type AuditRow,
} from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"
import { planWords } from "./approvals.ts"

/** The title of each action. */
export const actionWords: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(actionKinds).map(([action, { title }]) => [action, title]),
)
export const outcomeWords: Record<AuditOutcome | "pending", string> = {
  done: "Done",
  refused: "Refused",
  failed: "Failed",
  unknown: "Outcome unknown",
  unclear: "Unclear",
  pending: "Pending",
}

/** What the name of a detail leaves open. */
const detailLabels: Readonly<Record<string, string>> = {
  atlasAt: "At Atlas",
  vnetName: "VNet name",
}

/** Returns the label of a detail of an event: "Made by" of `madeBy`, "VPC ID" of `vpcId`. */
export function toDetailLabel(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  const label = words.replace(/\b(aws|cidr|gcp|id|ip|vpc)\b/g, (word) => word.toUpperCase())
  return detailLabels[name] ?? capitalize(label)
}

/** Returns the title of an action or a finding. Rows outlive versions, so an unknown one is shown unchanged. */
export function toActionWords(action: string): string {
  return hasWord(findingKinds, action) ? findingKinds[action].title : (findKind(action)?.title ?? action)
}

/** Returns the words for an outcome; an unknown outcome unchanged. */
export function toOutcomeName(outcome: string): string {
  return hasWord(outcomeWords, outcome) ? outcomeWords[outcome] : outcome
}

function hasWord<Word extends string>(words: Record<Word, unknown>, word: string): word is Word {
  return Object.hasOwn(words, word)
}

const tones: Record<AuditOutcome, Tone> = {
  done: "works",
  refused: "failed",
  failed: "failed",
  unknown: "unknown",
  unclear: "unknown",
}

interface OutcomeWords {
  tone: Tone
  words: string
}

const findKind = (action: string) => (hasWord(actionKinds, action) ? actionKinds[action] : undefined)

/**
 * Returns the outcome of an act and its tone. An event happened; an attempt is pending until its outcome is known.
 * @param end the last outcome of an attempt
 */
export function toOutcomeWords(row: AuditRow, end: AuditRow | null = null): OutcomeWords {
  const outcome = end?.outcome ?? row.outcome
  if (outcome === null) {
    if (row.kind === "attempt") return { tone: "atlas", words: outcomeWords.pending }
    const { outcome: known = "done", words } = findKind(row.action) ?? {}
    return { tone: tones[known], words: words ?? outcomeWords[known] }
  }
  return hasWord(tones, outcome)
    ? { tone: tones[outcome], words: outcomeWords[outcome] }
    : { tone: "unknown", words: outcome }
}

export function toActorName({ actor, action, kind, detail }: AuditRow): string {
  if (actor !== null) {
    const token = detail?.["byToken"]
    return token === undefined ? actor.name : `${actor.name} (token ${String(token)})`
  }
  if (findKind(action)?.byServer === true) return "The server"
  if (action.startsWith("atlas-")) return "Atlas"
  return action.startsWith("hand-off-") && kind === "event" ? "Share link" : "Not signed in"
}

/** Returns when an act happened: what Atlas tells was read later than that. */
export function getHappenedAt({ action, at, detail }: AuditRow): string {
  const atlasAt = action.startsWith("atlas-") ? detail?.["atlasAt"] : undefined
  return typeof atlasAt === "string" ? atlasAt : at
}

/** Fields that name the thing of an act, best first. */
const namingFields = [...Object.values(networkFields), "cidrBlock", "regionName", "region", "atlasCidrBlock"]

/**
 * Names the thing of an act: the network, the CIDR of an access list entry, the region of a container, or else the connection. Null
 * without one.
 * @param connectionNames names of connections by their ids
 */
export function toObjectName(
  { kind, before, after, detail, peeringId }: AuditRow,
  end: AuditRow | null,
  connectionNames: Readonly<Record<string, string>> = {},
): string | null {
  const asked = kind === "attempt" ? detail : null
  const fields = { ...asked, ...before, ...after, ...end?.before, ...end?.after }
  const names = namingFields.map((field) => fields[field])
  const connection = peeringId === null ? undefined : connectionNames[peeringId]
  const found = [...names, detail?.["label"], connection].find((value) => value != null)
  return found == null || found === "" ? null : String(found)
}

/** Details that tell rows of one action apart, in reading order. The address of a refused request is on the page of its entry. */
const tellingDetails = ["name", "change", "verdict", "why", "format"]

/** Names a step by its id: `aws-security-group` is "security group". */
export function toStepName(step: string): string {
  return step
    .replace(/^(aws|gcp|azure)-/, "")
    .replaceAll("-", " ")
    .replace("dns", "DNS")
}

/** Returns the actor's reason, or else the details of an act, without the name of its thing. */
export function toAbout(
  { action, reason, detail }: AuditRow,
  end: AuditRow | null = null,
  objectName: string | null = null,
): string {
  const act = action.startsWith("approval-") ? String(detail?.["act"]) : ""
  const parts = [
    hasWord(planWords, act) && planWords[act],
    reason,
    ...tellingDetails.map((name) => detail?.[name]).filter((value) => value !== objectName),
    detail?.["for"] && `${action === "facts-accepted" ? "Pasted by" : "For"} ${String(detail["for"])}`,
    detail?.["needs"] && `Needs ${String(detail["needs"])}`,
    typeof detail?.["step"] === "string" && toStepName(detail["step"]),
    end?.detail?.["why"],
  ]
  return parts.filter(Boolean).join(" · ")
}
