import { useId, type ReactNode } from "react"
import type { UseQueryResult } from "@tanstack/react-query"
import { ReadBoundary } from "#shared/refusals/ReadFailure.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import styles from "./settings.module.css"

/** One setting: its title and purpose at the left, its value at the right, or why that can't be read. */
export function SettingsSection({
  title,
  about,
  read,
  children,
}: {
  title: string
  about: ReactNode
  read: UseQueryResult
  children: ReactNode
}) {
  const titleId = useId()
  const isUnread = read.data === undefined
  return (
    <section className={`grid line-above ${styles.section}`} aria-labelledby={titleId}>
      <div>
        <h2 id={titleId}>{title}</h2>
        <p className="quiet text-13 above-2">{about}</p>
      </div>
      <div className={`narrow wrap ${styles.value}`} aria-busy={isUnread && read.error === null}>
        <ReadBoundary read={read}>
          {isUnread ? (
            <p className="grid gap-8">
              <Skeleton width="short" />
              <Skeleton width="long" />
            </p>
          ) : (
            children
          )}
        </ReadBoundary>
      </div>
    </section>
  )
}
