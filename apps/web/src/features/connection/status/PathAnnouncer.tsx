import type { Path, PathStop } from "@peering-desk/peering-rules"
import { useState } from "react"
import { nameStop, nameStopState } from "#copy/stops.ts"

/** Reads a changed stop out, once and politely: "Peering is available. Next: route." What is there at first is read with the page. */
export function PathAnnouncer({ path, title }: { path: Path; title: string }) {
  const [said, setSaid] = useState({ path, title, words: "" })
  if (said.path !== path || said.title !== title) {
    const changed = path.stops.find((stop) => isNews(stop, said.path))
    const words =
      changed !== undefined ? toSentence(changed, path) : said.title === title ? said.words : `${title}.`
    setSaid({ path, title, words })
  }
  return <output className="visually-hidden">{said.words}</output>
}

/** A stop that only wasn't read before, or waits for another one, isn't news. */
function isNews({ id, state }: PathStop, before: Path): boolean {
  const last = before.stops.find((one) => one.id === id)?.state
  return (
    last !== undefined &&
    last !== state &&
    last !== "not-checked" &&
    state !== "later" &&
    state !== "not-checked"
  )
}

function toSentence(stop: PathStop, { providerName, open, stops }: Path): string {
  const name = nameStop(stop, providerName)
  const is =
    stop.id === "peering" && stop.state === "proven"
      ? "available"
      : nameStopState(stop.state).word.toLowerCase()
  const next = stops.find(({ id }) => id === open)
  return next === undefined || next.id === stop.id
    ? `${name} is ${is}${stop.fact === "" || stop.state === "proven" ? "" : `: ${stop.fact}`}.`
    : `${name} is ${is}. Next: ${toLower(nameStop(next, providerName))}.`
}

/** `Route` → `route`; an abbreviation keeps its capitals. */
function toLower(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words
}
