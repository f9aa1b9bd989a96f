import { Link } from "wouter"
import { usePermissionsIn } from "#shared/permissions.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { toAskWhom } from "#copy/access.ts"
import styles from "./PeeringListPage.module.css"

/** Leads to the form; tells a viewer why not, and whom to ask. */
export function NewConnectionLink({ projectId }: { projectId: string }) {
  const { mayChange, askWhom, reasonId } = usePermissionsIn(projectId)
  if (!mayChange) {
    return (
      <div className={styles.denied}>
        <Button kind="primary" aria-disabled="true" aria-describedby={reasonId}>
          New connection
        </Button>
        <p id={reasonId}>You may look at this project. To create in it, ask {toAskWhom(askWhom)}.</p>
      </div>
    )
  }
  return (
    <Link href={pagePaths.newConnection(projectId)} asChild>
      <LinkButton kind="primary">New connection</LinkButton>
    </Link>
  )
}
