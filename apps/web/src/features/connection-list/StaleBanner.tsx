import type { Watch } from "@peering-desk/shared-schemas"
import { useId, useState } from "react"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { toTroubles } from "#shared/polling/poll-problems.ts"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import styles from "./StaleBanner.module.css"

/**
 * Says which lists could not be read again, since when they are old, and when the next try is. Red when nothing on the page is fresh,
 * and trying again is then the main action of the page.
 */
export function StaleBanner({
  watches,
  isAll,
  isFetching,
  onRetry,
}: {
  watches: readonly Watch[]
  /** None of the lists is fresh. */
  isAll: boolean
  isFetching: boolean
  onRetry: () => void
}) {
  const troubles = toTroubles(watches)
  return troubles.map(({ key, words, clouds, checkedAt, retryAt, projectId }, index) => (
    <Banner
      key={key}
      isAll={isAll}
      details={<RefusalNotice tone={isAll ? "failed" : "you"} words={words} projectId={projectId} />}
      action={
        index === 0 && (
          <Button kind={isAll ? "primary" : "secondary"} size="small" isBusy={isFetching} onClick={onRetry}>
            Try now
          </Button>
        )
      }
    >
      <strong className="ink strong">
        {!isAll && `${clouds}: `}
        {words.title}
        {checkedAt !== null && (
          <>
            {" "}
            since <Timestamp at={checkedAt} />
          </>
        )}
        .
      </strong>{" "}
      {checkedAt === null ? "Nothing was read yet." : "The list shows what was known then."}
      {retryAt !== null && (
        <>
          {" "}
          Next try at <Timestamp at={retryAt} toTheSecond />.
        </>
      )}
    </Banner>
  ))
}

function Banner({
  isAll,
  details,
  action,
  children,
}: {
  isAll: boolean
  details: React.ReactNode
  action: React.ReactNode
  children: React.ReactNode
}) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <div className={`gap-4 gap-x-10 high-44 rounded-10 ${styles.banner} ${isAll ? styles.all : ""}`}>
        <Icon name={isAll ? "failed" : "you"} />
        <p className="quiet fill-240">{children}</p>
        <Button
          kind="quiet"
          size="small"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          Details
        </Button>
        {action}
      </div>
      <div id={id} className="below-12" hidden={!isOpen}>
        {isOpen && details}
      </div>
    </>
  )
}
