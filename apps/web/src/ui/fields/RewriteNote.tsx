import styles from "./TextField.module.css"

/** Says how the value of a field was rewritten, with a button that undoes it. */
export function RewriteNote({
  rewrite: { from, to, why },
  onUndo,
}: {
  rewrite: { from: string; to: string; why: string }
  onUndo: () => void
}) {
  return (
    <p className="above-4 wrap quiet small">
      Changed to <code>{to}</code>: {why}.{" "}
      <button
        type="button"
        className={`bare strong tap ${styles.undo}`}
        aria-label={`Undo: ${from}`}
        onClick={onUndo}
      >
        Undo
      </button>
    </p>
  )
}
