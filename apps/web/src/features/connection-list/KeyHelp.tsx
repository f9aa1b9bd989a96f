import { Kbd } from "#ui/Kbd.tsx"
import styles from "./ConnectionList.module.css"

/** The keys of the list. */
export function KeyHelp() {
  return (
    <p className={`screen-only line gap-4 quiet text-13 ${styles.keys}`}>
      <Kbd>J</Kbd> <Kbd>K</Kbd> move <Kbd>X</Kbd> select <Kbd>↵</Kbd> open
    </p>
  )
}
