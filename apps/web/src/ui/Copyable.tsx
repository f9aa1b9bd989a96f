import styles from "./Copyable.module.css"
import { CopyOutcome } from "./CopyOutcome.tsx"
import { useCopy } from "#ui/hooks/use-copy.ts"

/** An id in full with a way to copy it. `label` names it for those who hear the page ("AWS peering id"). */
export function Copyable({ value, label, shown = value }: { value: string; label: string; shown?: string }) {
  const { copied, copy } = useCopy(value)
  return (
    <span className="first-lines gap-4 narrow inline-flex">
      <code className="select-all">{shown}</code>
      <button
        type="button"
        className={copied === "yes" ? `${styles.button} ${styles.done}` : styles.button}
        onClick={copy}
      >
        {copied === "no" ? "Copy" : copied === "yes" ? "Copied" : "Can't copy"}{" "}
        <span className="visually-hidden">{label}</span>
      </button>
      <CopyOutcome copied={copied} what={label} />
    </span>
  )
}
