import { ChangeReason, findMistake, type Container } from "@peering-desk/shared-schemas"
import { isHeld } from "#api/answer.ts"
import { useDeleteContainer } from "#api/projects/container-changes.ts"
import { useHeld } from "#shared/approvals/use-held.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { InlineField } from "#ui/fields/InlineField.tsx"
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
  const remove = useDeleteContainer(projectId)
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
        <InlineField
          label="Reason to delete it"
          act={remove.isPending ? "Deleting…" : "Delete container"}
          check={(reason) => findMistake(ChangeReason.shape.reason, reason)}
          isBusy={remove.isPending}
          onSend={(reason) =>
            remove.mutate({ providerName: made.providerName, id: made.id, reason }, { onSuccess: showGone })
          }
        />
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
