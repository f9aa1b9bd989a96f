import { readContainerRegion, type Container } from "@peering-desk/shared-schemas"
import { useId, useState } from "react"
import { useDeleteContainer } from "#api/projects/container-changes.ts"
import { nameContainer, toPlaceWords } from "#copy/containers.ts"
import { useHeld } from "#shared/approvals/use-held.ts"
import { useApprovalNeed } from "#shared/approvals/use-need.ts"
import { usePermissions } from "#shared/permissions.ts"
import { ReasonDialog } from "#shared/ReasonDialog.tsx"
import { Button } from "#ui/Button.tsx"
import { CopyButton } from "#ui/CopyButton.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { findObstacle, toCidrState, type ContainerUse } from "./container-use.ts"
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
  const { mayChange } = usePermissions()
  const [isAsking, setIsAsking] = useState(false)
  const remove = useDeleteContainer(projectId)
  const needs = useApprovalNeed(projectId, container.providerName, "container")
  const showGone = useHeld<undefined>(onGone)
  const region = readContainerRegion(container)
  const obstacle = findObstacle(container, use)

  return (
    <tr>
      <th scope="row">
        {region ?? toPlaceWords(container)}
        {region !== null && (
          <span className="block faint small lines-15 regular">{toPlaceWords(container)}</span>
        )}
      </th>
      <td>
        <span className="mono">{container.atlasCidrBlock ?? "Unknown"}</span>
        <span className="block faint small lines-15 regular">{toCidrState(container, use)}</span>
      </td>
      <td className={`line gap-2 ${styles.id}`}>
        <code className="cut narrow">{container.id}</code>
        <CopyButton value={container.id} label={`container ID ${container.id}`} />
      </td>
      <td>
        <UsedBy projectId={projectId} container={container} use={use} />
      </td>
      <td className={`row gap-4 gap-x-10 end ${styles.act}`}>
        {mayChange && (
          <>
            {obstacle !== null && (
              <span id={`${id}-held`} className={`quiet text-13 lines-18 ${styles.fine}`}>
                {obstacle}
              </span>
            )}
            <Button
              size="small"
              aria-disabled={obstacle !== null}
              aria-describedby={obstacle === null ? undefined : `${id}-held`}
              onClick={() => obstacle === null && setIsAsking(true)}
            >
              <Icon name="trash" />
              <span>
                Delete… <span className="visually-hidden">{nameContainer(container)}</span>
              </span>
            </Button>
          </>
        )}
        {isAsking && (
          <ReasonDialog
            projectId={projectId}
            about={{ container }}
            question={`Delete container ${nameContainer(container)}?`}
            act={{ words: "Delete container", busy: "Deleting…" }}
            needs={needs}
            isPending={remove.isPending}
            error={remove.error}
            onConfirm={(reason) =>
              remove.mutate(
                { providerName: container.providerName, id: container.id, reason },
                { onSuccess: showGone },
              )
            }
            onCancel={() => {
              remove.reset()
              setIsAsking(false)
            }}
          >
            <p>
              Its addresses become free. A later cluster in this region gets a container with a default CIDR,
              unless you create one first.
            </p>
          </ReasonDialog>
        )}
      </td>
    </tr>
  )
}
