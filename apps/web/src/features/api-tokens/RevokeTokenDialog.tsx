import type { ApiToken } from "@peering-desk/shared-schemas"
import { ConfirmDialog, type Asking } from "#ui/overlay/ConfirmDialog.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

/** Asks before a token is revoked, with the consequences. */
export function RevokeTokenDialog({
  token: { name, lastUsedAt, lastUsedFrom },
  ...asking
}: Asking & { token: ApiToken }) {
  return (
    <ConfirmDialog title={`Revoke token ${name}?`} act="Revoke token" {...asking}>
      <ul className="bullets">
        <li>Scripts that use it are refused immediately. This can't be undone.</li>
        <li>
          {lastUsedAt === null ? (
            "It was never used."
          ) : (
            <>
              It was last used <Timestamp at={lastUsedAt} />
              {lastUsedFrom !== null && ` from ${lastUsedFrom}`}.
            </>
          )}
        </li>
        <li>Connections that it created stay.</li>
      </ul>
    </ConfirmDialog>
  )
}
