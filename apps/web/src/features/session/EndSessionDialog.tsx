import type { SessionEntry } from "@peering-desk/shared-schemas"
import { ConfirmDialog, type Asking } from "#ui/overlay/ConfirmDialog.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { describeSession } from "./session-columns.tsx"

/** Asks before a session ends, with the consequences. */
export function EndSessionDialog({
  entry,
  isNamed,
  ...asking
}: Asking & { entry: SessionEntry; isNamed: boolean }) {
  return (
    <ConfirmDialog title={`End session of ${describeSession(entry, isNamed)}?`} act="End session" {...asking}>
      <ul className="bullets">
        <li>The browser at {entry.address} is signed out within seconds.</li>
        <li>
          It was last seen <Timestamp at={entry.lastSeenAt} />. Unsaved input there is lost, except a
          half-filled connection form.
        </li>
        {entry.tokens > 0 && (
          <li>
            {entry.tokens === 1 ? "1 API token that was" : `${entry.tokens} API tokens that were`} created in
            this session {entry.tokens === 1 ? "is" : "are"} revoked. Scripts that use{" "}
            {entry.tokens === 1 ? "it" : "them"} are refused immediately.
          </li>
        )}
        <li>Connections and running creates are not affected.</li>
      </ul>
    </ConfirmDialog>
  )
}
