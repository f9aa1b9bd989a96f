import type { SessionInfo } from "@peering-desk/shared-schemas"
import { useId } from "react"
import { Link } from "wouter"
import { useSignOut } from "#api/sessions.ts"
import { getRole } from "#shared/permissions.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { roleWords } from "#copy/access.ts"
import { toProblemWords } from "#copy/problems.ts"
import styles from "./AccountMenu.module.css"
import { toInitials } from "./initials.ts"

/** The menu of the signed-in person. The browser closes it on Escape and on a press elsewhere. */
export function AccountMenu({
  session,
  projectId,
  isNarrow,
}: {
  session: SessionInfo
  projectId: string | null
  /** Only the initials have room. */
  isNarrow: boolean
}) {
  const id = useId()
  const signOut = useSignOut()
  const { user } = session
  return (
    <>
      <button type="button" className={styles.button} popoverTarget={id} data-narrow={isNarrow || undefined}>
        <span aria-hidden="true" className={styles.initials}>
          {toInitials(user.name)}
        </span>
        <span className={isNarrow ? "visually-hidden" : styles.buttonName}>
          {user.name}
          <span className="visually-hidden">, your account</span>
        </span>
      </button>
      <div id={id} popover="auto" className={styles.menu}>
        <p className={styles.name}>{user.name}</p>
        {user.email !== null && <p className={styles.email}>{user.email}</p>}
        <p className={styles.role}>{toRoleSentence(session, projectId)}</p>
        <Link href={pagePaths.sessions()} className={styles.item}>
          Your sessions
        </Link>
        {signOut.isError && <ProblemNotice {...toProblemWords(signOut.error)} announce />}
        <Button
          aria-disabled={signOut.isPending}
          onClick={() => {
            if (!signOut.isPending) signOut.mutate()
          }}
        >
          {signOut.isPending ? "Signing out…" : "Sign out"}
        </Button>
      </div>
    </>
  )
}

function toRoleSentence(session: SessionInfo, projectId: string | null): string {
  const { everywhere, auditor } = session.access
  const role = projectId === null ? everywhere : getRole(session, projectId)
  const sentences = [
    role !== null &&
      `${roleWords[role].name} ${projectId === null ? "of every project" : "of this project"}: ${roleWords[role].may}.`,
    auditor && "Auditor: may read the audit trail.",
  ]
  return sentences.filter(Boolean).join(" ") || "Your role depends on the project."
}
