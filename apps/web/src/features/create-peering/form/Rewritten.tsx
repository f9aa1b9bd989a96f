import type { FieldName } from "#features/create-peering/draft/form-values.ts"
import { useCloudFormContext } from "./cloud-form-context.ts"
import styles from "./form.module.css"

/** Says how the value of a field was rewritten, and undoes that. */
export function Rewritten({ name }: { name: FieldName }) {
  const { rewrites, undo } = useCloudFormContext().normaliser
  const rewrite = rewrites[name]
  if (rewrite === undefined) return null
  return (
    <p className="above-4 wrap quiet small">
      Changed to <code>{rewrite.to}</code>: {rewrite.why}.{" "}
      <button
        type="button"
        className={`bare strong tap ${styles.undo}`}
        aria-label={`Undo: ${rewrite.from}`}
        onClick={() => undo(name)}
      >
        Undo
      </button>
    </p>
  )
}
