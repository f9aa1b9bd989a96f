import { readContainerRegion, type Container } from "@peering-desk/shared-schemas"
import { useId, useState } from "react"
import { useDeleteContainer } from "#api/projects/container-changes.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { toProblemWords } from "#copy/problems.ts"
import styles from "./form.module.css"

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
  const takeBack = useDeleteContainer(projectId)
  const [reason, setReason] = useState("")
  const region = readContainerRegion(made)
  const name = `${made.atlasCidrBlock ?? made.id}${region === null ? "" : ` in ${region}`}`
  const isOther = asked !== null && made.atlasCidrBlock != null && made.atlasCidrBlock !== asked

  if (takeBack.isSuccess)
    return <Notice tone="works" announce title={`The container ${name} is taken back`} />
  return (
    <>
      <Notice
        tone="you"
        title={`The container ${name} exists now`}
        actions={
          <Button size="small" onClick={() => onReuse(made)}>
            Reuse it
          </Button>
        }
      >
        <p>The connection was not made: {why}</p>
        {isOther && (
          <p className={styles.otherBlock}>
            Asked for <code>{asked}</code>, got <code>{made.atlasCidrBlock}</code>
          </p>
        )}
        <p className={styles.takeBack}>
          <label htmlFor={id}>Or take it back, because</label>
          <input
            id={id}
            maxLength={200}
            value={reason}
            className={styles.takeBackReason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button
            size="small"
            aria-disabled={takeBack.isPending || reason.trim() === ""}
            onClick={() => {
              if (!takeBack.isPending && reason.trim() !== "")
                takeBack.mutate({ providerName: made.providerName, id: made.id, reason: reason.trim() })
            }}
          >
            {takeBack.isPending ? "Taking it back…" : "Take it back"}
          </Button>
        </p>
      </Notice>
      {takeBack.isError && (
        <RefusalNotice
          words={toProblemWords(takeBack.error)}
          projectId={projectId}
          about={{ container: made }}
          announce
        />
      )}
    </>
  )
}
