import type { ReactNode } from "react"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import styles from "./PeeringPage.module.css"

/** The page before its connection is known, as high as it will be. */
export function PagePlace({ crumbs }: { crumbs: ReactNode[] }) {
  return (
    <>
      <PageHeader title="Connection" crumbs={crumbs} isPlace>
        <Skeleton width="long" />
      </PageHeader>
      <div className={`edge on-card rounded-14 ${styles.cardPlace}`} aria-busy="true">
        <span className="visually-hidden">Loading the connection</span>
      </div>
    </>
  )
}
