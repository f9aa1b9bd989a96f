import { useId } from "react"
import { pagePaths } from "#shared/page-paths.ts"
import { useAppPermissions, usePermissionsIn } from "#shared/permissions.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Button } from "#ui/Button.tsx"
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
  /** Null where the form asks for it; undefined while loading: the link then only keeps its place. */
  projectId: string | null | undefined
  isPrimary?: boolean
}) {
  const reasonId = useId()
  const { mayChange: mayChangeIt, askWhom } = usePermissionsIn(projectId ?? "")
  const { changes } = useAppPermissions()
  const mayChange = projectId === null ? changes : mayChangeIt
  const kind = isPrimary ? "primary" : "secondary"
  if (projectId === undefined)
    return (
      <Button kind={kind} data-unseen>
        {title}
      </Button>
    )
  if (!mayChange) {
    return (
      <div className="row quiet small end gap-4 gap-x-12">
        <Button kind={kind} aria-disabled="true" aria-describedby={reasonId}>
          {title}
        </Button>
        <p id={reasonId}>Read-only here. Ask {askWhom} for the requester role.</p>
      </div>
    )
  }
  return (
    <PageLink
      kind={kind}
      href={projectId === null ? pagePaths.newConnectionAnywhere() : pagePaths.newConnection(projectId)}
    >
      {title}
    </PageLink>
  )
}
