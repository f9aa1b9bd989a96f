import { getWaitingOn, toDraftOf, type WaitingOn } from "@peering-desk/peering-rules"
import { readStatus, type Peering } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useLocation } from "wouter"
import { handOffLinksQuery } from "#api/peerings/hand-off-links.ts"
import { usePollNow } from "#api/peerings/peerings.ts"
import { useProject } from "#api/projects/projects.ts"
import { toProblemWords } from "#copy/problems.ts"
import { toFormPath } from "#shared/connection-link.ts"
import { isLocked } from "#shared/managed.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { usePermissions } from "#shared/permissions.ts"
import { useReport } from "#shared/report/use-report.ts"
import { Button } from "#ui/Button.tsx"
import { Icon, type IconName } from "#ui/marks/Icon.tsx"
import { Menu, type MenuItem } from "#ui/overlay/Menu.tsx"
import { showToast } from "#ui/overlay/Toasts.tsx"
import { toPageTime } from "#ui/time/now.ts"
import { formatMoment } from "#ui/time/times.ts"
import { useConnectionPage } from "./connection-page.ts"

type ActionName = "share" | "check" | "edit" | "code" | "report" | "duplicate" | "delete"

interface Action extends MenuItem {
  name: ActionName
  icon: IconName
  isPossible: boolean
  isBusy?: boolean
}

/** The actions that are buttons in a state; the others are in the menu. `gone`: Atlas no longer lists the connection. */
const buttonsOf: Record<WaitingOn | "gone", readonly ActionName[]> = {
  you: ["share", "edit"],
  atlas: ["share", "check", "edit"],
  works: ["check", "edit"],
  unknown: ["check", "edit"],
  failed: ["edit", "delete"],
  closing: ["check"],
  gone: ["share"],
}

/** The actions on a connection: the usual ones of its state as buttons, the others in a menu. Shows only what the person may do. */
export function PeeringActions() {
  const { peering, container, name, deletion, openDialog } = useConnectionPage()
  const { projectId, id, peer } = peering
  const isGone = deletion !== null
  const state = isGone ? "gone" : getWaitingOn(peer)
  const [, navigate] = useLocation()
  const { mayChange } = usePermissions()
  const projectName = useProject(projectId)?.name ?? projectId
  const saveReport = useReport()
  const { checkNow, isChecking } = useCheck()
  const canShare = useCanShare(mayChange)
  const canChange = mayChange && state !== "gone" && state !== "closing"
  const isManaged = isLocked(peering)
  const actions: Action[] = [
    {
      name: "share",
      isPossible: canShare,
      title: isGone ? "Share links" : "Share with owner",
      icon: "share",
      onSelect: () => openDialog("share"),
    },
    {
      name: "check",
      isPossible: !isGone,
      title: "Check now",
      icon: "refresh",
      isBusy: isChecking,
      onSelect: checkNow,
    },
    {
      name: "edit",
      // Of a managed connection the dialog has the lines for its code.
      isPossible: canChange && (!isManaged || peer.providerName === "AWS"),
      title: nameEdit(peering),
      icon: "edit",
      onSelect: () => openDialog("edit"),
    },
    {
      name: "code",
      isPossible: true,
      title: "Code",
      icon: "code",
      onSelect: () => navigate(pagePaths.connectionCode(projectId, id), { state: "keep-focus" }),
    },
    {
      name: "report",
      isPossible: true,
      title: "Save report",
      icon: "download",
      onSelect: () => saveReport([{ projectId, projectName, peeringId: id }]),
    },
    {
      name: "duplicate",
      isPossible: mayChange,
      title: "Duplicate",
      icon: "copy",
      onSelect: () => navigate(toFormPath(projectId, toDraftOf(peer, container))),
    },
    {
      name: "delete",
      isPossible: canChange && !isManaged,
      title: "Delete…",
      icon: "trash",
      isDanger: true,
      onSelect: () => openDialog("delete"),
    },
  ]
  const possible = actions.filter(({ isPossible }) => isPossible)
  const isButton = ({ name: action }: Action) => buttonsOf[state].includes(action)
  return (
    <>
      {possible.filter(isButton).map((action) => (
        <Button key={action.name} onClick={action.onSelect} aria-disabled={action.isBusy}>
          <Icon name={action.icon} />
          {action.title}
        </Button>
      ))}
      <Menu label={`More actions for ${name}`} items={possible.filter((action) => !isButton(action))} />
    </>
  )
}

function nameEdit(peering: Peering): string {
  if (isLocked(peering)) return "Edit in code"
  return peering.peer.providerName === "AWS" ? "Edit" : "Replace"
}

/** Returns whether there is something to share, or to revoke: an open link still shows the last known state of a lost connection. */
function useCanShare(mayChange: boolean): boolean {
  const { peering, deletion } = useConnectionPage()
  const isGone = deletion !== null
  const links = useQuery({
    ...handOffLinksQuery(peering.projectId, peering.id),
    enabled: isGone && mayChange,
  })
  return mayChange && (!isGone || (links.data ?? []).length > 0)
}

function useCheck() {
  const { projectId, id } = useConnectionPage().peering
  const poll = usePollNow(projectId, id)
  function checkNow() {
    if (poll.isPending) return
    poll.mutate(undefined, {
      // What changed is visible on the page; that nothing did is not.
      onSuccess: (checked) => {
        const now = toPageTime(Date.now())
        const time = formatMoment(now, now)
        showToast(`Checked ${time}: ${readStatus(checked.peer) ?? "no status"}`)
      },
      onError: (error) => showToast(toProblemWords(error).title),
    })
  }
  return { checkNow, isChecking: poll.isPending }
}
