import type { NotificationRoute } from "@peering-desk/shared-schemas"
import { useSaveRoute } from "#api/notifications.ts"
import { Button } from "#ui/Button.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import { RouteForm } from "./RouteForm.tsx"

/** Adds a route, or changes one; then shows the signing secret once, if there is a new one. */
export function RouteDialog({
  route,
  canMail,
  onClose,
}: {
  /** Null for a new one. */
  route: NotificationRoute | null
  canMail: boolean
  onClose: () => void
}) {
  const save = useSaveRoute()
  const saved = save.data
  if (saved !== undefined && saved.secret !== null)
    return (
      <Dialog title={`Signing secret of ${saved.route.name}`} onClose={onClose}>
        <div className="stack">
          <div className="stack gap-10">
            <CopyBlock label="Secret" about={saved.route.name} text={saved.secret} />
            <output className="block">
              <strong>Copy it now. You won't see it again.</strong>
            </output>
          </div>
          <p>The receiver checks the signature of each message with it, by the rules of Standard Webhooks.</p>
          <div className="row">
            <Button kind="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      </Dialog>
    )
  return (
    <Dialog
      title={route === null ? "Add notification route" : `Edit ${route.name}`}
      onClose={() => !save.isPending && onClose()}
    >
      <RouteForm route={route} canMail={canMail} save={save} onClose={onClose} />
    </Dialog>
  )
}
