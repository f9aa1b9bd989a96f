import { Button } from "#ui/Button.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"

/** Says how the Atlas credential of an installation without a project gets one. */
export function NoProjectInAtlas({ isFetching, onRetry }: { isFetching: boolean; onRetry: () => void }) {
  return (
    <EmptyState
      title="No project yet"
      action={
        <Button isBusy={isFetching} onClick={onRetry}>
          Check now
        </Button>
      }
    >
      <p>
        This server&apos;s Atlas credential sees no project. In Atlas, give the service account or API key a
        role in a project (Project, Access Manager): Project Owner to create connections, or Project Read Only
        to follow them.
      </p>
    </EmptyState>
  )
}
