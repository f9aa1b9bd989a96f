import styles from "./Kbd.module.css"

/** A key to press. */
export function Kbd({ children }: { children: string }) {
  return <kbd className={`edge-strong on-card quiet centre-items height-20 ${styles.key}`}>{children}</kbd>
}
