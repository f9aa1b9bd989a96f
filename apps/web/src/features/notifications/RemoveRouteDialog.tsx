import type { NotificationRoute } from "@peering-desk/shared-schemas"
import { Button } from "#ui/Button.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import layout from "#ui/layout.module.css"

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
    <Dialog title={`Remove route ${name}?`} onClose={onClose}>
      <div className={layout.page}>
        <ul className={layout.bullets}>
          <li>Nothing more is sent to {place}. Messages that wait are dropped.</li>
          <li>Its messages leave the list. The audit log and everybody's inbox keep the events.</li>
        </ul>
        <div className={layout.row}>
          <Button kind="primary" onClick={onConfirm}>
            Remove route
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
