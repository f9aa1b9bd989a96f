import {
  CreatePeering,
  IdempotencyKey,
  providerNames,
  type PeeringRequest,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import {
  keep,
  listPlaces,
  readKept,
  toPlace,
  valueAt,
  type DraftOwner,
} from "#features/create-peering/prefill/draft-storage.ts"

/**
 * One send of a form. Its key lets the server know a repeat of it, and never goes with other content.
 * `open`: its answer has not been seen, so the connection may exist.
 */
export interface Attempt extends CreatePeering {
  key: string
  open: boolean
}

/** What a person has filled in for one cloud of a project; it outlives a reload, and the person's signing out. */
export interface Draft<Values> {
  values: Values
  attempt: Attempt | null
}

/**
 * Reads what was kept; fields that are not of this cloud are left behind.
 * @param empty every field of the cloud with what it holds before anything is typed
 */
export function readDraft<Values extends PeeringRequest>(owner: DraftOwner, empty: Values): Draft<Values> {
  const kept = readKept(toPlace(owner, empty.providerName))
  const values = Object.entries(empty).map(([name, blank]: [string, string]) => {
    const value = name === "providerName" ? blank : valueAt(kept, name)
    return [name, typeof value === "string" ? value : blank]
  })
  const attempts = listPlaces(toAttemptsPlace(owner, empty.providerName))
    .map((place) => toAttempt(readKept(place)))
    .filter((attempt) => attempt !== null)
  const attempt = attempts.find(({ open }) => open) ?? attempts[0] ?? null
  return { values: Object.fromEntries(values) as Values, attempt }
}

export function keepValues<Values extends PeeringRequest>(owner: DraftOwner, values: Values): void {
  keep(toPlace(owner, values.providerName), values)
}

/** Each attempt is kept by itself: another tab of the form has others, and the newest of all comes back. */
export function keepAttempt(owner: DraftOwner, providerName: ProviderName, attempt: Attempt): void {
  keep(toAttemptPlace(owner, providerName, attempt.key), attempt)
}

/** Forgets one attempt, whose end is known or of no interest. */
export function dropAttempt(owner: DraftOwner, providerName: ProviderName, key: string): void {
  keep(toAttemptPlace(owner, providerName, key), undefined)
}

/** Forgets what was filled in, unless another tab of the form has kept something else meanwhile. */
export function dropValues<Values extends PeeringRequest>(owner: DraftOwner, values: Values): void {
  const place = toPlace(owner, values.providerName)
  const kept = readKept(place)
  if (Object.entries(values).every(([name, value]) => valueAt(kept, name) === value)) keep(place, undefined)
}

/** Why the connection is wanted: one text for the forms of all clouds. */
export function readReason(owner: DraftOwner): string {
  const kept = readKept(toPlace(owner, "reason"))
  return typeof kept === "string" ? kept : ""
}

export function keepReason(owner: DraftOwner, reason: string): void {
  keep(toPlace(owner, "reason"), reason === "" ? undefined : reason)
}

/** The cloud whose tab was open last. */
export function readOpenTab(owner: DraftOwner): ProviderName {
  const kept = readKept(toPlace(owner, "tab"))
  return providerNames.find((name) => name === kept) ?? "AWS"
}

export function keepOpenTab(owner: DraftOwner, providerName: ProviderName): void {
  keep(toPlace(owner, "tab"), providerName)
}

function toAttemptsPlace(owner: DraftOwner, providerName: ProviderName): string {
  return `${toPlace(owner, "attempt")} ${providerName} `
}

function toAttemptPlace(owner: DraftOwner, providerName: ProviderName, key: string): string {
  return toAttemptsPlace(owner, providerName) + key
}

function toAttempt(kept: unknown): Attempt | null {
  if (typeof kept !== "object" || kept === null) return null
  const { key: someKey, open, ...content } = kept as Record<string, unknown>
  const key = IdempotencyKey.safeParse(someKey)
  const body = CreatePeering.safeParse(content)
  if (!key.success || !body.success) return null
  return { key: key.data, ...body.data, open: open === true }
}
