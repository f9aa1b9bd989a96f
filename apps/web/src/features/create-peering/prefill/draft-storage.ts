/** How long a half-filled form is kept, in milliseconds. */
const keptForMs = 14 * 24 * 3_600_000
const prefix = "new-connection "

/** Whose form it is, and of which project. */
export interface DraftOwner {
  issuer: string
  subject: string
  projectId: string
}

/** Where something of this person's is kept: nobody else's form looks there, also in the same browser. */
export function toPlace({ issuer, subject, projectId }: DraftOwner, name: string): string {
  return prefix + [issuer, subject, projectId, name].map(encodeURIComponent).join(" ")
}

/** What was kept in a place; null when it is nothing, can't be read or is too old. */
export function readKept(place: string): unknown {
  const entry = readEntry(place)
  return entry !== null && isYoung(entry) ? entry.value : null
}

/** @param value undefined takes away what is there */
export function keep(place: string, value: unknown): void {
  // Storage can be switched off or full; the form then works all the same and a reload empties it.
  try {
    if (value === undefined) localStorage.removeItem(place)
    else localStorage.setItem(place, JSON.stringify({ at: Date.now(), value }))
  } catch {
    return
  }
}

/** The places that begin so, the one that was written last first. */
export function listPlaces(begin: string): string[] {
  return allPlaces()
    .filter((place) => place.startsWith(begin))
    .map((place) => ({ place, at: readEntry(place)?.at ?? 0 }))
    .sort((a, b) => b.at - a.at)
    .map(({ place }) => place)
}

/** Takes away what nobody came back for, whoever it was. */
export function dropOldDrafts(): void {
  for (const place of allPlaces()) {
    const entry = readEntry(place)
    if (entry === null || !isYoung(entry)) keep(place, undefined)
  }
}

function allPlaces(): string[] {
  try {
    return Object.keys(localStorage).filter((place) => place.startsWith(prefix))
  } catch {
    return []
  }
}

function readEntry(place: string): { at: number; value: unknown } | null {
  try {
    const entry: unknown = JSON.parse(localStorage.getItem(place) ?? "null")
    const at = valueAt(entry, "at")
    return typeof at === "number" ? { at, value: valueAt(entry, "value") } : null
  } catch {
    return null
  }
}

function isYoung({ at }: { at: number }): boolean {
  return Math.abs(Date.now() - at) < keptForMs
}

/** A field of something that may be anything. */
export function valueAt(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined
}
