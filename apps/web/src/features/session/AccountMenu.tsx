import type { SessionInfo } from "@peering-desk/shared-schemas"
import { Suspense, useEffect, useId, useRef, useState } from "react"
import { useProject } from "#api/projects/projects.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./AccountMenu.module.css"
import { toInitials } from "#shared/initials.ts"
import { getRoleName } from "./role-line.ts"
import { lazyPage } from "#ui/lazy-page.ts"

// Nobody sees it before they open the menu.
const AccountPanel = lazyPage(async () => (await import("./AccountPanel.tsx")).AccountPanel)

/** The menu of the signed-in person. The browser closes it on Escape and on a press elsewhere. */
export function AccountMenu({
  session,
  projectId,
  isNarrow,
  onShortcuts,
  onAbout,
}: {
  session: SessionInfo
  projectId: string | null
  /** Only the initials have room. */
  isNarrow: boolean
  /** Shows the keyboard shortcuts. */
  onShortcuts?: () => void
  /** Shows the version. */
  onAbout: () => void
}) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const [isOpened, setOpened] = useState(false)
  const project = useProject(projectId)
  const { user } = session
  const place = projectId === null ? null : { id: projectId, name: project?.name }
  const role = getRoleName(session, projectId)
  // The browser opens it by itself, perhaps before the script is there.
  useEffect(() => {
    const isOpen =
      menu.current !== null && "hidePopover" in menu.current && menu.current.matches(":popover-open")
    if (isOpen) setOpened(true)
  }, [])
  const close = () => {
    // Test browsers without a top layer have no popovers.
    if (menu.current !== null && "hidePopover" in menu.current) menu.current.hidePopover()
  }
  const closeBefore = (open: () => void) => () => {
    close()
    open()
  }
  return (
    <>
      {/* All that is visible is part of its name, for people who speak to their browser. */}
      <button
        type="button"
        className={`bare side-hover line gap-10 wide rounded-8 left ink high-44 pad-y-4 pad-x-8 ${styles.button}`}
        popoverTarget={id}
        onClick={() => setOpened(true)}
        data-narrow={isNarrow || undefined}
      >
        <span className={`initials square-28 ${styles.initials}`}>{toInitials(user.name)}</span>{" "}
        <span className={isNarrow ? "visually-hidden" : "grow narrow"}>
          <span className="block cut text-13 lines-18 strong">{user.name}</span>{" "}
          {!isNarrow && role !== null && (
            <span className="block cut quiet small lines-16 regular">{role}</span>
          )}
          <span className="visually-hidden">, your account</span>
        </span>
        {!isNarrow && <Icon name="more" />}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className={`flat sheet rounded wrap fixed ${styles.menu}`}
        onBlur={({ currentTarget, relatedTarget }) => {
          // On a small window it would cover what has the focus then. It covers nothing beside its button.
          if (relatedTarget !== null && currentTarget.parentElement?.contains(relatedTarget) === false)
            close()
        }}
      >
        <Suspense>
          {isOpened && (
            <AccountPanel
              session={session}
              place={place}
              onShortcuts={onShortcuts && closeBefore(onShortcuts)}
              onAbout={closeBefore(onAbout)}
            />
          )}
        </Suspense>
      </div>
    </>
  )
}
