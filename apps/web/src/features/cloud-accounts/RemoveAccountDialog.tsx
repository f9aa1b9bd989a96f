import type { CloudAccount } from "@peering-desk/shared-schemas"
import { ConfirmDialog, type Asking } from "#ui/overlay/ConfirmDialog.tsx"

/** Asks before an account is removed, with the consequences. */
export function RemoveAccountDialog({
  account: { name, roleArn, connections },
  ...asking
}: Asking & { account: CloudAccount }) {
  return (
    <ConfirmDialog title={`Remove ${name}?`} act="Remove account" {...asking}>
      <ul className="bullets">
        <li>Facts that were read in it are deleted here.</li>
        {connections > 0 && (
          <li>
            {connections === 1 ? "1 connection stays" : `${connections} connections stay`}. What its facts
            proved becomes “not checked”.
          </li>
        )}
        {roleArn !== null && (
          <li>
            The role <code>{roleArn}</code> stays in AWS until you delete it.
          </li>
        )}
      </ul>
    </ConfirmDialog>
  )
}
