import { useId, type ReactNode } from "react"
import { toProblemWords } from "#copy/problems.ts"
import { Button } from "#ui/Button.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import styles from "./settings.module.css"

/** One setting: its title and purpose at the left, its value at the right, or why that can't be read. */
export function SettingsSection({
  title,
  about,
  isLoading,
  error,
  isFetching,
  onRetry,
  children,
}: {
  title: string
  about: ReactNode
  isLoading: boolean
  /** The error of a first read; null without one. */
  error: unknown
  isFetching: boolean
  onRetry: () => void
  children: ReactNode
}) {
  const titleId = useId()
  return (
    <section className={`grid line-above ${styles.section}`} aria-labelledby={titleId}>
      <div>
        <h2 id={titleId}>{title}</h2>
        <p className={`quiet text-13 ${styles.about}`}>{about}</p>
      </div>
      <div className={`narrow wrap ${styles.value}`} aria-busy={isLoading && error === null}>
        {error !== null ? (
          <ProblemNotice
            {...toProblemWords(error)}
            actions={
              <Button size="small" aria-disabled={isFetching} onClick={() => !isFetching && onRetry()}>
                Try again
              </Button>
            }
          />
        ) : isLoading ? (
          <p className="grid gap-8">
            <Skeleton width="short" />
            <Skeleton width="long" />
          </p>
        ) : (
          children
        )}
      </div>
    </section>
  )
}
