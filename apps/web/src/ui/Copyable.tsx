import { useEffect, useState } from "react"
import styles from "./Copyable.module.css"

/** An id in full with a way to copy it. `label` names it for those who hear the page ("AWS peering id"). */
export function Copyable({ value, label, shown = value }: { value: string; label: string; shown?: string }) {
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no")

  useEffect(() => {
    if (copied === "no") return
    const timer = setTimeout(() => setCopied("no"), 2000)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy() {
    try {
      await navigator.clipboard.writeText(value)
      setCopied("yes")
    } catch {
      // No clipboard outside a secure context, or permission withheld: the value can still be selected with one click.
      setCopied("refused")
    }
  }

  return (
    <span className={styles.copyable}>
      <code className={styles.value}>{shown}</code>
      <button
        type="button"
        className={copied === "yes" ? `${styles.button} ${styles.done}` : styles.button}
        onClick={() => void copy()}
        aria-label={`Copy ${label}`}
      >
        {copied === "no" ? "Copy" : copied === "yes" ? "Copied" : "Select it"}
      </button>
      <output className="visually-hidden">
        {copied === "yes" && `${label} copied`}
        {copied === "refused" && `The browser did not allow copying ${label}`}
      </output>
    </span>
  )
}
