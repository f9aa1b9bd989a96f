import { keepStored, readStored } from "#api/stored.ts"

const key = "peering-desk:single-keys"

/** Returns whether this person uses shortcuts of a single key; they can disturb speech input. */
export function readSingleKeys(): boolean {
  return readStored(key) !== "off"
}

export function keepSingleKeys(uses: boolean): void {
  keepStored(key, uses ? "on" : "off")
}
