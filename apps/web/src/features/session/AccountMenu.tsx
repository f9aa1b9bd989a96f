import type { SessionInfo } from "@peering-desk/shared-schemas"
import { useId, useRef } from "react"
import { Link } from "wouter"
import { useProject } from "#api/projects/projects.ts"
import { useSignOut } from "#api/sessions.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { toProblemWords } from "#copy/problems.ts"
import styles from "./AccountMenu.module.css"
import { toInitials } from "#shared/initials.ts"
import { formatRoleLine, getRoleName } from "./role-line.ts"
import { ThemeSwitch } from "./ThemeSwitch.tsx"

/** The menu of the signed-in person. The browser closes it on Escape and on a press elsewhere. */
export function AccountMenu({
  session,
  projectId,
  isNarrow,
  onShortcuts,
}: {
  session: SessionInfo
  projectId: string | null
  /** Only the initials have room. */
  isNarrow: boolean
  /** Shows the keyboard shortcuts. */
  onShortcuts?: () => void
}) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const project = useProject(projectId)
  const signOut = useSignOut()
  const { user } = session
  const place = projectId === null ? null : { id: projectId, name: project?.name }
  const role = getRoleName(session, projectId)
  return (
    <>
      {/* All that is visible is part of its name, for people who speak to their browser. */}
      <button type="button" className={styles.button} popoverTarget={id} data-narrow={isNarrow || undefined}>
        <span className={styles.initials}>{toInitials(user.name)}</span>{" "}
        <span className={isNarrow ? "visually-hidden" : styles.person}>
          <span className={styles.line}>{user.name}</span>{" "}
          {!isNarrow && role !== null && <span className={`${styles.line} ${styles.sub}`}>{role}</span>}
          <span className="visually-hidden">, your account</span>
        </span>
        {!isNarrow && <Icon name="more" />}
      </button>
      <div ref={menu} id={id} popover="auto" className={styles.menu}>
        <div className={styles.who}>
          <p className={styles.name}>{user.name}</p>
          {user.email !== null && <p className={styles.sub}>{user.email}</p>}
          <p className={styles.sub}>{formatRoleLine(session, place)}</p>
        </div>
        <div className={styles.part}>
          <Link href={pagePaths.sessions()} className={styles.item}>
            Your sessions
          </Link>
          {onShortcuts !== undefined && (
            <button
              type="button"
              className={styles.item}
              onClick={() => {
                menu.current?.hidePopover()
                onShortcuts()
              }}
            >
              Keyboard shortcuts
            </button>
          )}
        </div>
        <div className={`${styles.part} ${styles.theme}`}>
          <span aria-hidden="true">Theme</span>
          <ThemeSwitch />
        </div>
        <div className={styles.part}>
          {signOut.isError && <ProblemNotice {...toProblemWords(signOut.error)} announce />}
          <button
            type="button"
            className={styles.item}
            aria-disabled={signOut.isPending}
            onClick={() => {
              if (!signOut.isPending) signOut.mutate()
            }}
          >
            {signOut.isPending ? "Signing out…" : "Sign out"}
          </button>
        </div>
      </div>
    </>
  )
}
