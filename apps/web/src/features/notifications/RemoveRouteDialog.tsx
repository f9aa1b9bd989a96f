import type { NotificationRoute } from "@peering-desk/shared-schemas"
import { ConfirmDialog, type Asking } from "#ui/overlay/ConfirmDialog.tsx"

/** Asks before a route is removed, with the consequences. */
export function RemoveRouteDialog({
  route: { name, place },
  ...asking
}: Asking & { route: NotificationRoute }) {
  return (
    <ConfirmDialog title={`Remove route ${name}?`} act="Remove route" {...asking}>
      <ul className="bullets">
        <li>Nothing more is sent to {place}. Pending messages are discarded.</li>
        <li>Its messages leave the list. The audit log and everybody's inbox keep the events.</li>
      </ul>
    </ConfirmDialog>
  )
}
