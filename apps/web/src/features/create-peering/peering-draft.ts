import {
  CreatePeering,
  IdempotencyKey,
  providerNames,
  type PeeringRequest,
  type ProviderName,
} from "@peering-desk/shared-schemas"

/**
 * One send of a form. Its key lets the server know a repeat of it.
 * `open`: its answer has not been seen, so the connection may exist.
 */
export interface Attempt extends CreatePeering {
  key: string
  open: boolean
}

/** What a person has filled in for one cloud of a project; kept for the browser tab, so that a reload loses nothing. */
export interface Draft<Values> {
  values: Values
  attempt: Attempt | null
}

const placeOf = (projectId: string, name: string) => `new-connection ${projectId} ${name}`

/**
 * Reads what was kept; fields that are not of this cloud are left behind.
 * @param empty every field of the cloud with what it holds before anything is typed
 */
export function readDraft<Values extends PeeringRequest>(projectId: string, empty: Values): Draft<Values> {
  const kept = readSession(placeOf(projectId, empty.providerName))
  const values = Object.entries(empty).map(([name, blank]: [string, string]) => {
    const value = name === "providerName" ? blank : valueAt(valueAt(kept, "values"), name)
    return [name, typeof value === "string" ? value : blank]
  })
  return { values: Object.fromEntries(values) as Values, attempt: toAttempt(valueAt(kept, "attempt")) }
}

export function keepDraft<Values extends PeeringRequest>(projectId: string, draft: Draft<Values>): void {
  writeSession(placeOf(projectId, draft.values.providerName), draft)
}

export function dropDraft(projectId: string, providerName: ProviderName): void {
  writeSession(placeOf(projectId, providerName), undefined)
}

/** Why the connection is wanted: one text for the forms of all clouds. */
export function readReason(projectId: string): string {
  const kept = readSession(placeOf(projectId, "reason"))
  return typeof kept === "string" ? kept : ""
}

export function keepReason(projectId: string, reason: string): void {
  writeSession(placeOf(projectId, "reason"), reason === "" ? undefined : reason)
}

/** The cloud whose tab was open last. */
export function readOpenTab(projectId: string): ProviderName {
  const kept = readSession(placeOf(projectId, "tab"))
  return providerNames.find((name) => name === kept) ?? "AWS"
}

export function keepOpenTab(projectId: string, providerName: ProviderName): void {
  writeSession(placeOf(projectId, "tab"), providerName)
}

function toAttempt(kept: unknown): Attempt | null {
  const key = IdempotencyKey.safeParse(valueAt(kept, "key"))
  const body = CreatePeering.safeParse({ request: valueAt(kept, "request"), reason: valueAt(kept, "reason") })
  if (!key.success || !body.success) return null
  return { key: key.data, ...body.data, open: valueAt(kept, "open") === true }
}

function valueAt(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined
}

// Storage can be switched off or full; the form then works all the same and a reload empties it.
function readSession(place: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? "null")
  } catch {
    return null
  }
}

function writeSession(place: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(place)
    else sessionStorage.setItem(place, JSON.stringify(value))
  } catch {
    return
  }
}
