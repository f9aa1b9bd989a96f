import { Button } from "#ui/Button.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"

/** Says how the API key of an installation without a project gets one. */
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
