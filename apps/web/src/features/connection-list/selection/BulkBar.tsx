import { formatCount } from "#copy/counts.ts"
import { passFocusOn } from "#ui/Button.tsx"
import { Icon, type IconName } from "#ui/marks/Icon.tsx"
import { Kbd } from "#ui/Kbd.tsx"
import styles from "./BulkBar.module.css"

export interface BulkAction {
  title: string
  icon: IconName
  onPress: () => void
  /** Why it can't be done now. */
  denial: string | null
}

/** Actions on the selected connections, at the bottom of the window. */
export function BulkBar({
  count,
  actions,
  onClear,
}: {
  count: number
  actions: readonly BulkAction[]
  onClear: () => void
}) {
  return (
    <section className={styles.bar} aria-label={`${formatCount(count, "connection")} selected`}>
      <output className={`strong number ${styles.count}`}>{count} selected</output>
      {actions.map(({ title, icon, onPress, denial }) => (
        <button
          key={title}
          ref={passFocusOn}
          type="button"
          className={`bare inline tap-44 high-36 pad-x-10 rounded-7 same-colour ${styles.action}`}
          aria-disabled={denial !== null}
          title={denial ?? undefined}
          onClick={() => denial === null && onPress()}
        >
          <Icon name={icon} />
          {title}
          {denial !== null && <span className="visually-hidden">: {denial}</span>}
        </button>
      ))}
      <button
        ref={passFocusOn}
        type="button"
        className={`bare inline tap-44 high-36 pad-x-10 rounded-7 same-colour ${styles.action}`}
        aria-label="Clear selection"
        onClick={onClear}
      >
        <Kbd>Esc</Kbd>
      </button>
    </section>
  )
}
