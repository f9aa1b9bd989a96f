import { Link } from "wouter"
import { toAskWhom } from "#copy/access.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { usePermissionsIn } from "#shared/permissions.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./actions.module.css"

const title = (
  <>
    <Icon name="plus" />
    <span>
      New <span className={styles.long}>connection</span>
    </span>
  </>
)

/** Leads to the form; tells a viewer why not, and whom to ask. */
export function NewConnectionLink({
  projectId,
  isPrimary = true,
}: {
  /** Undefined while loading: the link then only keeps its place. */
  projectId: string | undefined
  isPrimary?: boolean
}) {
  const { mayChange, askWhom, reasonId } = usePermissionsIn(projectId ?? "")
  const kind = isPrimary ? "primary" : "secondary"
  if (projectId === undefined)
    return (
      <Button kind={kind} style={{ visibility: "hidden" }}>
        {title}
      </Button>
    )
  if (!mayChange) {
    return (
      <div className={`row quiet small ${styles.denied}`}>
        <Button kind={kind} aria-disabled="true" aria-describedby={reasonId}>
          {title}
        </Button>
        <p id={reasonId}>Read-only here. Ask {toAskWhom(askWhom)} for the requester role.</p>
      </div>
    )
  }
  return (
    <Link href={pagePaths.newConnection(projectId)} asChild>
      <LinkButton kind={kind}>{title}</LinkButton>
    </Link>
  )
}
