import { Link } from "wouter"
import { toAskWhom } from "#copy/access.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { usePermissionsIn } from "#shared/permissions.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./actions.module.css"

/** Leads to the form; tells a viewer why not, and whom to ask. */
export function NewConnectionLink({
  projectId,
  isPrimary = true,
}: {
  projectId: string
  isPrimary?: boolean
}) {
  const { mayChange, askWhom, reasonId } = usePermissionsIn(projectId)
  const kind = isPrimary ? "primary" : "secondary"
  if (!mayChange) {
    return (
      <div className={styles.denied}>
        <Button kind={kind} aria-disabled="true" aria-describedby={reasonId}>
          <Icon name="plus" />
          New connection
        </Button>
        <p id={reasonId}>Read-only here. Ask {toAskWhom(askWhom)} for the requester role.</p>
      </div>
    )
  }
  return (
    <Link href={pagePaths.newConnection(projectId)} asChild>
      <LinkButton kind={kind}>
        <Icon name="plus" />
        New connection
      </LinkButton>
    </Link>
  )
}
