import { toTickId, type RunbookStep } from "@peering-desk/peering-rules"
import { useTickStep } from "#api/peerings/annotations.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { Button } from "#ui/Button.tsx"
import { toProblemWords } from "#copy/problems.ts"

/** Marks a step that nothing can show as done, for everybody, or undoes that. */
export function StepMark({ step: { id, title }, isMarked }: { step: RunbookStep; isMarked: boolean }) {
  const { peering } = useConnectionPage()
  const { mutate, isPending, error } = useTickStep(peering.projectId, peering.id)
  const words = isMarked ? "Undo" : "Mark as done"
  return (
    <>
      <Button
        size="small"
        isBusy={isPending}
        aria-label={`${words}: ${title}`}
        onClick={() => mutate({ stepId: toTickId(id, peering.peer), done: !isMarked })}
      >
        {words}
      </Button>
      {error !== null && <output>{toProblemWords(error).title}</output>}
    </>
  )
}
