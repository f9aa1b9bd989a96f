import type { Container, Peering } from "@peering-desk/shared-schemas"
import { toExportSubject, getWaitingOn } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import type { Ref } from "react"
import { handOffLinksQuery } from "#api/peerings/hand-off-links.ts"
import { ExportCode } from "#shared/ExportCode.tsx"
import { Disclosure } from "#ui/Disclosure.tsx"
import { ChangeConnection } from "#features/connection/changes/ChangeConnection.tsx"
import { ConnectionTimeline } from "#features/connection/history/ConnectionTimeline.tsx"
import { DeleteConnection } from "#features/connection/changes/DeleteConnection.tsx"
import { HandOffLinks } from "./HandOffLinks.tsx"
import { ReplaceConnection } from "#features/connection/changes/ReplaceConnection.tsx"

export type FoldName = "timeline" | "code" | "links" | "change" | "delete"

/** Parts that are seldom needed, folded; one is open at a time. */
export function ConnectionFolds({
  peering,
  container,
  isGone,
  open,
  onOpen,
  onDelete,
  deletion,
}: {
  peering: Peering
  container: Container | null
  isGone: boolean
  open: FoldName | null
  onOpen: (change: (now: FoldName | null) => FoldName | null) => void
  onDelete: () => void
  /** The title line of the deletion. */
  deletion: Ref<HTMLElement>
}) {
  const { peer, projectId, id } = peering
  const isClosing = getWaitingOn(peer) === "closing"
  // An open link still shows the last known state until it is revoked.
  const links = useQuery({ ...handOffLinksQuery(projectId, id), enabled: isGone })
  const hasLinks = !isGone || (links.data ?? []).length > 0
  const subject = toExportSubject(peering, container)
  const fold = (name: FoldName) => ({
    open: open === name,
    // The one that closes because another opens says so after it.
    onToggle: (isOpen: boolean) => onOpen((now) => (isOpen ? name : now === name ? null : now)),
  })
  return (
    <>
      <Disclosure {...fold("timeline")} title="Activity" aside="All that was seen and done, and what was not">
        <ConnectionTimeline projectId={projectId} peeringId={id} />
      </Disclosure>
      <Disclosure {...fold("code")} title="As code" aside="Terraform, curl, Atlas CLI and others">
        <ExportCode subject={isGone ? { ...subject, peerId: null } : subject} />
      </Disclosure>
      {hasLinks && (
        <Disclosure
          {...fold("links")}
          title="Hand it off"
          aside="Links for the network's owner, who needs no account"
        >
          <HandOffLinks peering={peering} isGone={isGone} />
        </Disclosure>
      )}
      {!isGone && !isClosing && (
        <>
          <Disclosure
            {...fold("change")}
            title={peer.providerName === "AWS" ? "Change" : "Replace"}
            aside={peer.providerName === "AWS" ? "Account, VPC or CIDR" : "In two steps"}
          >
            {peer.providerName === "AWS" ? (
              <ChangeConnection peering={peering} peer={peer} />
            ) : (
              <ReplaceConnection peering={peering} container={container} onDelete={onDelete} />
            )}
          </Disclosure>
          <Disclosure {...fold("delete")} ref={deletion} title="Delete" aside="And what goes with it">
            <DeleteConnection peering={peering} />
          </Disclosure>
        </>
      )}
    </>
  )
}
