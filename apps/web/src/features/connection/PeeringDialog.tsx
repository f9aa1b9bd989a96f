import type { Container, Peering } from "@peering-desk/shared-schemas"
import { ChangeConnection } from "#features/connection/changes/ChangeConnection.tsx"
import { DeleteConnection } from "#features/connection/changes/DeleteConnection.tsx"
import { ReplaceConnection } from "#features/connection/changes/ReplaceConnection.tsx"
import { RequestAgain } from "#features/connection/changes/RequestAgain.tsx"
import { ShareLinks } from "#features/connection/changes/ShareLinks.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"

export type DialogName = "share" | "edit" | "delete" | "request-again"

/** What is done to a connection opens above its page; the focus returns to the button that opened it. */
export function PeeringDialog({
  name,
  peering,
  container,
  title,
  isGone,
  onOpen,
}: {
  name: DialogName
  peering: Peering
  container: Container | null
  /** What people call the connection. */
  title: string
  isGone: boolean
  onOpen: (dialog: DialogName | null) => void
}) {
  const close = () => onOpen(null)
  switch (name) {
    case "share":
      return (
        <Dialog title={isGone ? "Share links" : "Share with network owner"} onClose={close}>
          <ShareLinks peering={peering} isGone={isGone} />
        </Dialog>
      )
    case "edit":
      return peering.peer.providerName === "AWS" ? (
        <Dialog title={`Edit ${title}`} onClose={close}>
          <ChangeConnection peering={peering} peer={peering.peer} onDone={close} />
        </Dialog>
      ) : (
        <Dialog title={`Replace ${title}`} onClose={close}>
          <ReplaceConnection peering={peering} container={container} onDelete={() => onOpen("delete")} />
        </Dialog>
      )
    case "delete":
      return (
        <Dialog title={`Delete ${title}`} onClose={close}>
          <DeleteConnection peering={peering} onDone={close} onCancel={close} />
        </Dialog>
      )
    case "request-again":
      return (
        <Dialog title={`Delete ${title} and request again`} onClose={close}>
          <RequestAgain peering={peering} onDone={close} />
        </Dialog>
      )
  }
}
