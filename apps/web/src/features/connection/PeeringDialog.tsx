import { ChangeConnection } from "#features/connection/changes/ChangeConnection.tsx"
import { DeleteConnection } from "#features/connection/changes/DeleteConnection.tsx"
import { ReplaceConnection } from "#features/connection/changes/ReplaceConnection.tsx"
import { RequestAgain } from "#features/connection/changes/RequestAgain.tsx"
import { ShareLinks } from "#features/connection/changes/ShareLinks.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import { useConnectionPage, type DialogName } from "./connection-page.ts"

/** What is done to a connection opens above its page; the focus returns to the button that opened it. */
export function PeeringDialog({ name }: { name: DialogName }) {
  const { peering, name: title, deletion, openDialog } = useConnectionPage()
  const { peer } = peering
  const close = () => openDialog(null)
  switch (name) {
    case "share":
      return (
        <Dialog title={deletion === null ? "Share with network owner" : "Share links"} onClose={close}>
          <ShareLinks />
        </Dialog>
      )
    case "edit":
      return peer.providerName === "AWS" ? (
        <Dialog title={`Edit ${title}`} onClose={close}>
          <ChangeConnection peer={peer} onDone={close} />
        </Dialog>
      ) : (
        <Dialog title={`Replace ${title}`} onClose={close}>
          <ReplaceConnection />
        </Dialog>
      )
    case "delete":
      return (
        <Dialog title={`Delete ${title}`} onClose={close}>
          <DeleteConnection onClose={close} />
        </Dialog>
      )
    case "request-again":
      return (
        <Dialog title={`Delete ${title} and request again`} onClose={close}>
          <RequestAgain onClose={close} />
        </Dialog>
      )
  }
}
