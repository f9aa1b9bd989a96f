import { Link } from "wouter"
import { usePerson } from "#api/session.ts"
import { toAskWhom } from "#copy/access.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { computeAppPermissions } from "#shared/permissions.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"

/** For a person whose roles show no project: what they can open, and whom to ask. */
export function NoProjectRole() {
  const person = usePerson()
  const { readsAudit } = computeAppPermissions(person)
  return (
    <EmptyState
      title="You have no role in a project"
      action={
        readsAudit && (
          <Link href={pagePaths.audit()} asChild>
            <LinkButton kind="primary">Open the audit log</LinkButton>
          </Link>
        )
      }
    >
      <p>
        {readsAudit && "You can read the audit log of all projects. "}
        To see connections, ask {toAskWhom(person?.askWhom ?? null)} for a role in their project.
      </p>
    </EmptyState>
  )
}

/** For an installation whose key sees no project: what gives it one. */
export function NoProjectInAtlas({ isFetching, onRetry }: { isFetching: boolean; onRetry: () => void }) {
  return (
    <EmptyState
      title="No project yet"
      action={
        <Button aria-disabled={isFetching} onClick={onRetry}>
          Check again
        </Button>
      }
    >
      <p>
        The API key of this server sees no project in Atlas. In Atlas, invite the key to a project (Project,
        Access Manager, API Keys) as Project Owner to create connections, or as Project Read Only to follow
        them.
      </p>
    </EmptyState>
  )
}
