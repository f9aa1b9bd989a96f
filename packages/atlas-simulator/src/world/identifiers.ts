import { createHash } from "node:crypto"

/** A source of ids that look like Atlas's own and repeat for the same seed and order of calls. */
export type Identifiers = {
  /** Builds a 24-hex id (seconds, 5 process bytes, 3 counter bytes), as MongoDB's ObjectId. */
  objectId: (atMs: number) => string
  /** Returns the counter; `createIdentifiers` resumes from it. */
  position: () => number
  /** Starts over: the next ids are those of a fresh start. */
  restart: () => void
}

/** Derives a stable text of `length` characters of `alphabet` from a label. */
export function derive(label: string, length: number, alphabet = "0123456789abcdef"): string {
  let text = ""
  for (let block = 0; text.length < length; block++) {
    for (const byte of createHash("sha256").update(`${label}#${block}`).digest()) {
      text += alphabet[byte % alphabet.length]
    }
  }
  return text.slice(0, length)
}

/** Creates the id source of one simulator, at its beginning or at a saved position. */
export function createIdentifiers(seed: string, position?: number): Identifiers {
  const processPart = derive(`${seed}/process`, 10)
  const firstPosition = Number.parseInt(derive(`${seed}/counter`, 6), 16)
  let counter = position ?? firstPosition
  return {
    objectId(atMs) {
      counter = (counter + 1) % 0x1000000
      const seconds = Math.max(0, Math.floor(atMs / 1000)) % 0x100000000
      return seconds.toString(16).padStart(8, "0") + processPart + counter.toString(16).padStart(6, "0")
    },
    position: () => counter,
    restart() {
      counter = firstPosition
    },
  }
}
