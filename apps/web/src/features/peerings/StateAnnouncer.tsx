import { useRef } from "react"

/** Reads a new state out, once and politely. What is there when the page opens is read with the page. */
export function StateAnnouncer({ words }: { words: string }) {
  const first = useRef(words)
  const changed = useRef(false)
  if (words !== first.current) changed.current = true
  return (
    <p role="status" className="visually-hidden">
      {changed.current && words}
    </p>
  )
}
