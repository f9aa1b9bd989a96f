import { useIsMutating } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { peeringChangeKey } from "#api/peerings/change-peering.ts"
import { ChangeConnection } from "#features/connection/changes/ChangeConnection.tsx"
import { DeleteConnection } from "#features/connection/changes/DeleteConnection.tsx"
import { ReplaceConnection } from "#features/connection/changes/ReplaceConnection.tsx"
import { RequestAgain } from "#features/connection/changes/RequestAgain.tsx"
import { ShareLinks } from "#features/connection/changes/ShareLinks.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import { useConnectionPage, type DialogName } from "./connection-page.ts"

/** What is done to a connection opens above its page, and stays until a change that was sent is answered; the focus returns to the button that opened it. */
export function PeeringDialog({ open }: { open: DialogName }) {
  const { peering, name, deletion, openDialog } = useConnectionPage()
  const { peer } = peering
  const isSending = useIsMutating({ mutationKey: peeringChangeKey }) > 0
  const dialogs: Record<DialogName, { title: string; content: ReactNode }> = {
    share: {
      title: deletion === null ? "Share with network owner" : "Share links",
      content: <ShareLinks />,
    },
    edit:
      peer.providerName === "AWS"
        ? { title: `Edit ${name}`, content: <ChangeConnection peer={peer} /> }
        : { title: `Replace ${name}`, content: <ReplaceConnection /> },
    delete: { title: `Delete ${name}`, content: <DeleteConnection /> },
    "request-again": { title: `Delete ${name} and request again`, content: <RequestAgain /> },
  }
  const { title, content } = dialogs[open]
  return (
    <Dialog title={title} onClose={() => !isSending && openDialog(null)}>
      {content}
    </Dialog>
  )
}
