import type { Container } from "@peering-desk/shared-schemas"
import { useId, useState } from "react"
import { isHeld } from "#api/answer.ts"
import { useDeleteContainer } from "#api/projects/container-changes.ts"
import { useHeld } from "#shared/approvals/use-held.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { nameContainer } from "#copy/containers.ts"
import { toProblemWords } from "#copy/problems.ts"

/** A container that exists although its peering failed. The person reuses it or deletes it. */
export function CreatedContainer({
  projectId,
  made,
  asked,
  why,
  onReuse,
}: {
  projectId: string
  made: Container
  /** The requested CIDR; null when it is not known. */
  asked: string | null
  why: string
  onReuse: (container: Container) => void
}) {
  const id = useId()
  const remove = useDeleteContainer(projectId)
  const [reason, setReason] = useState("")
  const name = nameContainer(made)
  const isOther = asked !== null && made.atlasCidrBlock != null && made.atlasCidrBlock !== asked

  const showGone = useHeld<undefined>(() => {})

  if (remove.isSuccess && !isHeld(remove.data))
    return <Notice tone="works" announce title={`Container ${name} deleted`} />
  return (
    <>
      <Notice
        tone="you"
        title={`Container ${name} was created`}
        actions={
          <Button size="small" onClick={() => onReuse(made)}>
            Reuse container
          </Button>
        }
      >
        <p>The connection was not created: {why}</p>
        {isOther && (
          <p className="tone-failed strong">
            Requested <code>{asked}</code>, received <code>{made.atlasCidrBlock}</code>
          </p>
        )}
        <p className="row gap-6 gap-x-10">
          <label htmlFor={id}>Reason to delete it</label>
          <input
            id={id}
            maxLength={200}
            value={reason}
            className="narrow edge-control rounded-s on-card high-32 pad-y-4 pad-x-10"
            onChange={(event) => setReason(event.target.value)}
          />
          <Button
            size="small"
            aria-disabled={remove.isPending || reason.trim() === ""}
            onClick={() => {
              if (!remove.isPending && reason.trim() !== "")
                remove.mutate(
                  { providerName: made.providerName, id: made.id, reason: reason.trim() },
                  { onSuccess: showGone },
                )
            }}
          >
            {remove.isPending ? "Deleting…" : "Delete container"}
          </Button>
        </p>
      </Notice>
      {remove.isError && (
        <RefusalNotice
          words={toProblemWords(remove.error)}
          projectId={projectId}
          about={{ container: made }}
          announce
        />
      )}
    </>
  )
}
