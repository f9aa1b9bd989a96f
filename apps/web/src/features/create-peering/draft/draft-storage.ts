import { draftPrefix } from "#api/session-marks.ts"
import { keepStored, listStored, readStored } from "#api/stored.ts"

/** The lifetime of a draft, in milliseconds. */
const keptForMs = 14 * 24 * 3_600_000

/** The person whose form it is, and the project. */
export interface DraftOwner {
  issuer: string
  subject: string
  projectId: string
}

interface Entry {
  at: number
  value: unknown
}

/** Builds the storage key of one thing of this person; other people in the same browser have other keys. */
export function toPlace({ issuer, subject, projectId }: DraftOwner, name: string): string {
  return draftPrefix + [issuer, subject, projectId, name].map(encodeURIComponent).join(" ")
}

/** Reads a stored value; null when it is missing, unreadable or too old. */
export function readKept(place: string): unknown {
  const entry = readEntry(place)
  return entry !== null && isYoung(entry) ? entry.value : null
}

/** @param value undefined removes the entry */
export function keep(place: string, value: unknown): void {
  // Storage can be off or full. The form still works then, and a reload empties it.
  keepStored(place, value === undefined ? null : JSON.stringify({ at: Date.now(), value }))
}

/** Lists the stored keys with a prefix, newest first. */
export function listPlaces(begin: string): string[] {
  return listStored(begin)
    .map((place) => ({ place, at: readEntry(place)?.at ?? 0 }))
    .sort((a, b) => b.at - a.at)
    .map(({ place }) => place)
}

/** Removes expired and unreadable drafts of every person. */
export function dropOldDrafts(): void {
  for (const place of listStored(draftPrefix)) {
    const entry = readEntry(place)
    if (entry === null || !isYoung(entry)) keep(place, undefined)
  }
}

function readEntry(place: string): Entry | null {
  try {
    const entry: unknown = JSON.parse(readStored(place) ?? "null")
    const at = valueAt(entry, "at")
    return typeof at === "number" ? { at, value: valueAt(entry, "value") } : null
  } catch {
    return null
  }
}

function isYoung({ at }: Entry): boolean {
  return Math.abs(Date.now() - at) < keptForMs
}

/** Reads a property of a value of any type. */
export function valueAt(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined
}
