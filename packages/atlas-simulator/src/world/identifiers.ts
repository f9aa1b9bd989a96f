import { createHash } from "node:crypto"

/** Makes ids that look like Atlas's own and come out the same for the same seed and the same order of calls. */
export type Identifiers = {
  /** A 24-hex id (seconds, 5 process bytes, 3 counter bytes), as MongoDB's ObjectId. */
  objectId: (atMs: number) => string
  /** How far the ids have got; given back to `createIdentifiers`, they go on from there. */
  position: () => number
  /** Starts over, so that the next ids are those of a fresh start. */
  restart: () => void
}

/** Derives a stable text of `length` characters of `alphabet` from a label, so that looking earlier or later changes nothing. */
export function derive(label: string, length: number, alphabet = "0123456789abcdef"): string {
  let text = ""
  for (let block = 0; text.length < length; block++) {
    for (const byte of createHash("sha256").update(`${label}#${block}`).digest()) {
      text += alphabet[byte % alphabet.length]
    }
  }
  return text.slice(0, length)
}

/** Lower-case letters and digits, the alphabet of the names Atlas gives to networks. */
export const lettersAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789"

/** Creates the id source of one simulator, at its beginning or where an earlier one had got to. */
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
