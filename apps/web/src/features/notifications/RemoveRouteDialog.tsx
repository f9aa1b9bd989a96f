import type { NotificationRoute } from "@peering-desk/shared-schemas"
import { ConfirmDialog } from "#ui/overlay/ConfirmDialog.tsx"

/** Asks before a route is removed, with the consequences. */
export function RemoveRouteDialog({
  route: { name, place },
  onClose,
  onConfirm,
}: {
  route: NotificationRoute
  onClose: () => void
  onConfirm: () => void
}) {
  return (
    <ConfirmDialog title={`Remove route ${name}?`} act="Remove route" onConfirm={onConfirm} onClose={onClose}>
      <ul className="bullets">
        <li>Nothing more is sent to {place}. Pending messages are discarded.</li>
        <li>Its messages leave the list. The audit log and everybody's inbox keep the events.</li>
      </ul>
    </ConfirmDialog>
  )
}
