import { toContainerDifferences, type ContainerDifference } from "@peering-desk/peering-rules"
import type { Container, NewContainer } from "@peering-desk/shared-schemas"
import { useEffect, useRef } from "react"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { nameContainer } from "#copy/containers.ts"
import styles from "./containers.module.css"

/** A container that Atlas created, and the request. */
export interface Created {
  asked: NewContainer
  got: Container
}

const fieldWords: Record<ContainerDifference["field"], string> = {
  atlasCidrBlock: "CIDR",
  region: "Region",
}

/** Reports a created container. Atlas sometimes creates another one than requested, which must not be overlooked. */
export function CreatedNotice({ created, onDismiss }: { created: Created; onDismiss: () => void }) {
  const { asked, got } = created
  const place = useRef<HTMLDivElement>(null)
  const differences = toContainerDifferences(asked, got)

  // The closed form had the focus. The notice takes it, so that a screen reader reads it.
  useEffect(() => place.current?.focus(), [created])

  return (
    <div ref={place} tabIndex={-1} className="no-ring">
      {differences.length === 0 ? (
        <Notice tone="works" title={`Container ${nameContainer(got)} created`} actions={<Dismiss />}>
          <p>Its CIDR locks with the first connection or cluster.</p>
        </Notice>
      ) : (
        <Notice tone="failed" title="Atlas created a different container" actions={<Dismiss />}>
          <table className={`left wrap collapsed ${styles.differences}`}>
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Requested</th>
                <th scope="col">Created</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ field, asked: wanted, got: made }) => (
                <tr key={field}>
                  <th scope="row">{fieldWords[field]}</th>
                  <td>
                    <code>{wanted}</code>
                  </td>
                  <td>
                    <code>{made ?? "not reported"}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p>Plan with the created values. While unused, the container can be deleted and created again.</p>
        </Notice>
      )}
    </div>
  )

  function Dismiss() {
    return (
      <Button size="small" onClick={onDismiss}>
        Close
      </Button>
    )
  }
}
