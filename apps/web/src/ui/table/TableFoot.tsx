import type { ReactNode } from "react"
import { Button } from "#ui/Button.tsx"
import styles from "./DataTable.module.css"

/** The line below a table: how many rows there are, and actions on them. */
export function TableFoot({ count, children }: { count: ReactNode; children?: ReactNode }) {
  return (
    <div tabIndex={-1} className="row gap-8 high-52 pad-y-8 no-ring">
      <output className={`quiet text-13 number ${styles.count}`}>{count}</output>
      {children}
    </div>
  )
}

/** Leads to the page before and after, where there are several. */
export function Pager({
  page,
  pageCount,
  onPage,
}: {
  /** From 0. */
  page: number
  pageCount: number
  onPage: (page: number) => void
}) {
  if (pageCount < 2) return null
  return (
    <>
      <Button size="small" aria-disabled={page === 0} onClick={() => page > 0 && onPage(page - 1)}>
        Previous
      </Button>
      <Button
        size="small"
        aria-disabled={page === pageCount - 1}
        onClick={() => page < pageCount - 1 && onPage(page + 1)}
      >
        Next
      </Button>
    </>
  )
}

/** Returns one page of some rows, the last one if there are fewer pages. */
export function toPage<Row>(rows: readonly Row[], wanted: number, pageSize: number) {
  const pageCount = Math.ceil(rows.length / pageSize)
  const page = Math.min(wanted, Math.max(0, pageCount - 1))
  const first = page * pageSize
  return { page, pageCount, first, shown: rows.slice(first, first + pageSize) }
}
