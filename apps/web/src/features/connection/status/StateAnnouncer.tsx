import { useState } from "react"

/** Reads a new state out, once and politely. What is there when the page opens is read with the page. */
export function StateAnnouncer({ words }: { words: string }) {
  const [said, setSaid] = useState({ words, isNew: false })
  if (said.words !== words) setSaid({ words, isNew: true })
  return <output className="visually-hidden">{said.isNew && said.words}</output>
}
