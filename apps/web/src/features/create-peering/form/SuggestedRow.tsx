import { Button } from "#ui/Button.tsx"
import styles from "./form.module.css"

/** A suggested value as text, with its reason and a button to type another one. */
export function SuggestedRow({
  label,
  value,
  why,
  changeLabel,
  onChange,
}: {
  label: string
  value: string
  why: string
  /** Names the button for assistive technology; begins with "Change". */
  changeLabel: string
  onChange: () => void
}) {
  return (
    <div className={`grid first-lines line-above gap-4 gap-x-8 ${styles.suggestedRow}`}>
      <span className={styles.quiet}>{label}</span>
      <span>
        <strong className="mono">{value}</strong> <span className={styles.quiet}>{why}</span>
      </span>
      <Button size="small" kind="quiet" aria-label={changeLabel} onClick={onChange}>
        Change
      </Button>
    </div>
  )
}
