const key = "peering-desk:single-keys"

/** Returns whether this person uses shortcuts of a single key; they can disturb speech input. */
export function readSingleKeys(): boolean {
  try {
    return localStorage.getItem(key) !== "off"
  } catch {
    return true
  }
}

export function keepSingleKeys(uses: boolean): void {
  try {
    localStorage.setItem(key, uses ? "on" : "off")
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
}
