import type { SessionEntry } from "@peering-desk/shared-schemas"
import { Button } from "#ui/Button.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { describeSession } from "./session-columns.tsx"
import styles from "./session.module.css"

/** Asks before a session ends, with the consequences. */
export function EndSessionDialog({
  entry,
  isNamed,
  onClose,
  onConfirm,
}: {
  entry: SessionEntry
  isNamed: boolean
  onClose: () => void
  onConfirm: () => void
}) {
  return (
    <Dialog title={`End session of ${describeSession(entry, isNamed)}?`} onClose={onClose}>
      <div className={styles.dialog}>
        <ul className={styles.consequences}>
          <li>The browser at {entry.address} is signed out within seconds.</li>
          <li>
            It was last seen <Timestamp at={entry.lastSeenAt} />. Unsaved input there is lost, except a
            half-filled connection form.
          </li>
          <li>Connections and running creates are not affected.</li>
        </ul>
        <div className={styles.actions}>
          <Button kind="primary" onClick={onConfirm}>
            End session
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </div>
    </Dialog>
  )
}
