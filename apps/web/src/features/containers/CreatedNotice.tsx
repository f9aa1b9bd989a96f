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
  atlasCidrBlock: "Address block",
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
    <div ref={place} tabIndex={-1} className={styles.outcome}>
      {differences.length === 0 ? (
        <Notice tone="works" title={`Atlas made the container ${nameContainer(got)}`} actions={<Dismiss />}>
          <p>Its address block stays as it is from the first connection or cluster on.</p>
        </Notice>
      ) : (
        <Notice tone="failed" title="Atlas made another container than you asked for" actions={<Dismiss />}>
          <table className={styles.differences}>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">You asked for</th>
                <th scope="col">Atlas made</th>
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
                    <code>{made ?? "does not say"}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p>Plan with what Atlas made. While nothing lives in it, it can be deleted and made anew.</p>
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
