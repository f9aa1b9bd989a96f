import { Link } from "wouter"
import { toRoleIn, useSession } from "#api/session.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { toAskWhom } from "#copy/access.ts"
import styles from "./PeeringListPage.module.css"

/** The way to the form; for who may only look it says so, and whom to ask. */
export function NewConnectionLink({ projectId }: { projectId: string }) {
  const session = useSession()
  if (typeof session === "object" && toRoleIn(session, projectId) === "viewer") {
    return (
      <div className={styles.denied}>
        <Button kind="primary" aria-disabled="true" aria-describedby="why-denied">
          New connection
        </Button>
        <p id="why-denied">
          You may look at this project. To create in it, ask {toAskWhom(session.askWhom)}.
        </p>
      </div>
    )
  }
  return (
    <Link href={pagePaths.newConnection(projectId)} asChild>
      <LinkButton kind="primary">New connection</LinkButton>
    </Link>
  )
}
