import { CreatePeering, IdempotencyKey, providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import { keep, listPlaces, readKept, toPlace, valueAt, type DraftOwner } from "./draft-storage.ts"
import type { FormValues } from "./form-values.ts"

/**
 * One send of a form. The server recognizes a repeat by its key, so a key never goes out with other content.
 * `open`: its answer was not seen, so the peering may exist.
 */
export interface Attempt extends CreatePeering {
  key: string
  open: boolean
}

/** The content of one cloud's form. It survives a reload and the end of a session; signing out removes it. */
export interface Draft {
  values: FormValues
  attempt: Attempt | null
}

/**
 * Reads the stored draft. Drops fields that are not of this cloud.
 * @param empty every field of the cloud with its initial value
 */
export function readDraft(owner: DraftOwner, empty: FormValues): Draft {
  const kept = readKept(toPlace(owner, empty.providerName))
  const values = Object.entries(empty).map(([name, blank]: [string, string]) => {
    const value = name === "providerName" ? blank : valueAt(kept, name)
    return [name, typeof value === "string" ? value : blank]
  })
  const attempts = listPlaces(toAttemptsPlace(owner, empty.providerName))
    .map((place) => parseAttempt(readKept(place)))
    .filter((attempt) => attempt !== null)
  const attempt = attempts.find(({ open }) => open) ?? attempts[0] ?? null
  return { values: Object.fromEntries(values) as FormValues, attempt }
}

export function keepValues(owner: DraftOwner, values: FormValues): void {
  keep(toPlace(owner, values.providerName), values)
}

/** Stores an attempt under its key, beside those of other browser tabs. */
export function keepAttempt(owner: DraftOwner, providerName: ProviderName, attempt: Attempt): void {
  keep(toAttemptsPlace(owner, providerName) + attempt.key, attempt)
}

/** Removes an attempt that ended or was abandoned. */
export function dropAttempt(owner: DraftOwner, providerName: ProviderName, key: string): void {
  keep(toAttemptsPlace(owner, providerName) + key, undefined)
}

/** Removes the stored values, unless another browser tab has stored others since. */
export function dropValues(owner: DraftOwner, values: FormValues): void {
  const place = toPlace(owner, values.providerName)
  const kept = readKept(place)
  if (Object.entries(values).every(([name, value]) => valueAt(kept, name) === value)) keep(place, undefined)
}

/** The fields beside the request, which the forms of all clouds share. Atlas receives neither. */
export interface Notes {
  displayName: string
  reason: string
}

const notePlaces = { displayName: "name", reason: "reason" } as const

export function readNotes(owner: DraftOwner): Notes {
  const read = (place: string) => {
    const kept = readKept(toPlace(owner, place))
    return typeof kept === "string" ? kept : ""
  }
  return { displayName: read(notePlaces.displayName), reason: read(notePlaces.reason) }
}

export function keepNotes(owner: DraftOwner, notes: Notes): void {
  for (const name of ["displayName", "reason"] as const)
    keep(toPlace(owner, notePlaces[name]), notes[name] === "" ? undefined : notes[name])
}

/** Reads the cloud whose tab was open last. */
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

function parseAttempt(kept: unknown): Attempt | null {
  if (typeof kept !== "object" || kept === null) return null
  const { key: someKey, open, ...content } = kept as Record<string, unknown>
  const key = IdempotencyKey.safeParse(someKey)
  const body = CreatePeering.safeParse(content)
  if (!key.success || !body.success) return null
  return { key: key.data, ...body.data, open: open === true }
}
