import { getWaitingOn, toDraftOf } from "@peering-desk/peering-rules"
import { readStatus, type Container, type Peering } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useLocation } from "wouter"
import { handOffLinksQuery } from "#api/peerings/hand-off-links.ts"
import { usePollNow } from "#api/peerings/peerings.ts"
import { useProject } from "#api/projects/projects.ts"
import { toProblemWords } from "#copy/problems.ts"
import { toLinkQuery } from "#shared/connection-link.ts"
import { isLocked } from "#shared/managed.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { usePermissions } from "#shared/permissions.ts"
import { useReport } from "#shared/report/use-report.ts"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { Menu } from "#ui/overlay/Menu.tsx"
import { showToast } from "#ui/overlay/Toasts.tsx"
import { formatMoment } from "#ui/time/times.ts"
import type { DialogName } from "./PeeringDialog.tsx"

/** The actions on a connection: the usual ones of its state as buttons, the others in a menu. Shows only what the person may do. */
export function PeeringActions({
  peering,
  container,
  name,
  isGone,
  onOpen,
}: {
  peering: Peering
  container: Container | null
  name: string
  /** Atlas no longer lists it. */
  isGone: boolean
  onOpen: (dialog: DialogName) => void
}) {
  const { projectId, id, peer } = peering
  const turn = getWaitingOn(peer)
  const [, navigate] = useLocation()
  const { mayChange } = usePermissions()
  const projectName = useProject(projectId)?.name ?? projectId
  const saveReport = useReport()
  const poll = usePollNow(projectId, id)
  // An open link still shows the last known state until it is revoked.
  const links = useQuery({ ...handOffLinksQuery(projectId, id), enabled: isGone && mayChange })
  const canShare = mayChange && (!isGone || (links.data ?? []).length > 0)
  const canChange = mayChange && !isGone && turn !== "closing"
  const isManaged = isLocked(peering)
  const isAws = peer.providerName === "AWS"
  // Of a managed connection the dialog has the lines for its code.
  const canEdit = canChange && (isAws || !isManaged)
  const canDelete = canChange && !isManaged
  const edit = isManaged ? "Edit in code" : isAws ? "Edit" : "Replace"

  function checkNow() {
    if (poll.isPending) return
    poll.mutate(undefined, {
      // What changed is visible on the page; that nothing did is not.
      onSuccess: (checked) => {
        const time = formatMoment(Date.now(), Date.now())
        showToast(`Checked ${time}: ${readStatus(checked.peer) ?? "no status"}`)
      },
      onError: (error) => showToast(toProblemWords(error).title),
    })
  }

  const isFailed = !isGone && turn === "failed"
  const sharesHere = isGone || turn === "you" || turn === "atlas"
  const checksHere = !isGone && turn !== "you" && !isFailed
  return (
    <>
      {canShare && sharesHere && (
        <Button onClick={() => onOpen("share")}>
          <Icon name="share" />
          {isGone ? "Share links" : "Share with owner"}
        </Button>
      )}
      {checksHere && (
        <Button onClick={checkNow} aria-disabled={poll.isPending}>
          <Icon name="refresh" />
          Check now
        </Button>
      )}
      {canEdit && (
        <Button onClick={() => onOpen("edit")}>
          <Icon name="edit" />
          {edit}
        </Button>
      )}
      {canDelete && isFailed && (
        <Button onClick={() => onOpen("delete")}>
          <Icon name="trash" />
          Delete…
        </Button>
      )}
      <Menu
        label={`More actions for ${name}`}
        items={[
          canShare &&
            !sharesHere && { title: "Share with owner", icon: "share", onSelect: () => onOpen("share") },
          !isGone && !checksHere && { title: "Check now", icon: "refresh", onSelect: checkNow },
          {
            title: "Code",
            icon: "code",
            onSelect: () => navigate(pagePaths.connectionCode(projectId, id), { state: "keep-focus" }),
          },
          {
            title: "Save report",
            icon: "download",
            onSelect: () => saveReport([{ projectId, projectName, peeringId: id }]),
          },
          mayChange && {
            title: "Duplicate",
            icon: "copy",
            onSelect: () =>
              navigate(`${pagePaths.newConnection(projectId)}?${toLinkQuery(toDraftOf(peer, container))}`),
          },
          canDelete &&
            !isFailed && {
              title: "Delete…",
              icon: "trash",
              isDanger: true,
              onSelect: () => onOpen("delete"),
            },
        ]}
      />
    </>
  )
}
