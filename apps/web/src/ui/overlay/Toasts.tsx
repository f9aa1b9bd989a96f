import { useSyncExternalStore } from "react"
import styles from "./Toasts.module.css"

const shownForMs = 6000
const none: readonly never[] = []
let shown: readonly { id: number; words: string }[] = []
let last = 0
const listeners = new Set<() => void>()

function publish(next: typeof shown) {
  shown = next
  for (const listener of listeners) listener()
}

/** Says for six seconds what happened, for what is not visible otherwise on the page. */
export function showToast(words: string): void {
  const id = (last += 1)
  publish([...shown, { id, words }])
  setTimeout(() => publish(shown.filter((toast) => toast.id !== id)), shownForMs)
}

/** The toasts of the page, read out politely. Rendered once. */
export function Toasts() {
  const toasts = useSyncExternalStore(
    subscribe,
    () => shown,
    () => none,
  )
  return (
    <output className={`grid gap-8 fixed ${styles.toasts}`}>
      {toasts.map(({ id, words }) => (
        <span key={id} className="rounded-10 pad-y-10 pad-x-16 inverse">
          {words}
        </span>
      ))}
    </output>
  )
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
