import { readContainerRegion, type Container } from "@peering-desk/shared-schemas"
import { useId, useRef, useState } from "react"
import { useDeleteContainer } from "#api/projects/container-changes.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Button } from "#ui/Button.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { findObstacle, type ContainerUse } from "./container-use.ts"
import { nameContainer, toPlaceWords } from "#copy/containers.ts"
import { ReasonConfirm } from "./ReasonConfirm.tsx"
import { UsedBy } from "./UsedBy.tsx"
import styles from "./containers.module.css"

/** One container: its place, CIDR and use, and a button that deletes it. */
export function ContainerRow({
  projectId,
  container,
  use,
  onGone,
}: {
  projectId: string
  container: Container
  use: ContainerUse
  onGone: () => void
}) {
  const id = useId()
  const { mayChange, reasonId } = usePermissions()
  const [isAsking, setIsAsking] = useState(false)
  const remove = useDeleteContainer(projectId)
  const opener = useRef<HTMLButtonElement>(null)
  const region = readContainerRegion(container)
  const obstacle = findObstacle(container, use)
  const isHeld = obstacle !== null || !mayChange

  return (
    <li className={styles.container}>
      <div className={styles.where}>
        <h3>{toPlaceWords(container)}</h3>
        {region !== null && <code>{region}</code>}
      </div>
      <div className={styles.block}>
        <code className={styles.cidr}>{container.atlasCidrBlock ?? "Block not known"}</code>
        <Copyable value={container.id} label={`container id ${container.id}`} />
      </div>
      <div className={styles.use}>
        {use.isOrphan ? (
          <>
            <Pill tone="you">Nothing in it</Pill>
            <p className={styles.fine}>
              It takes up its addresses all the same; its block can still be changed.
            </p>
          </>
        ) : (
          <UsedBy projectId={projectId} container={container} use={use} />
        )}
      </div>
      <div className={styles.act}>
        <Button
          ref={opener}
          size="small"
          aria-disabled={isHeld}
          aria-expanded={isAsking}
          aria-label={`Delete the container ${nameContainer(container)}`}
          aria-describedby={mayChange ? (obstacle === null ? undefined : `${id}-held`) : reasonId}
          onClick={() => !isHeld && setIsAsking(true)}
        >
          Delete
        </Button>
        {obstacle !== null && (
          <p id={`${id}-held`} className={styles.fine}>
            {obstacle}.
          </p>
        )}
      </div>
      {isAsking && (
        <ReasonConfirm
          projectId={projectId}
          about={{ container }}
          question={`Delete the container ${nameContainer(container)}?`}
          act={{ words: "Delete it", busy: "Deleting…" }}
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={(reason) =>
            remove.mutate(
              { providerName: container.providerName, id: container.id, reason },
              { onSuccess: onGone },
            )
          }
          onCancel={() => {
            remove.reset()
            setIsAsking(false)
            opener.current?.focus()
          }}
        >
          <p>
            Its addresses are free then. A cluster that is made later in its region gets a container with a
            block of Atlas's choice, unless you make one before.
          </p>
        </ReasonConfirm>
      )}
    </li>
  )
}
