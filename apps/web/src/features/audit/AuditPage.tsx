import { apiUrls, type AuditExportFormat } from "@peering-desk/shared-schemas"
import { useInfiniteQuery } from "@tanstack/react-query"
import { useSearchParams } from "wouter"
import { auditQuery } from "#api/audit.ts"
import { isForbidden } from "#api/request-error.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { TableFoot } from "#ui/table/TableFoot.tsx"
import { useSettled } from "#ui/hooks/use-settled.ts"
import { toProblemWords } from "#copy/problems.ts"
import { readFilter, useSearchFilter, writeFilter } from "#ui/hooks/use-search-filter.ts"
import { auditFields, toAuditFilter } from "./audit-filter.ts"
import { AuditFilterBar } from "./AuditFilterBar.tsx"
import { AuditTable } from "./AuditTable.tsx"
import styles from "./audit.module.css"
import { VerifyCard } from "./VerifyCard.tsx"

const formats: [AuditExportFormat, string][] = [
  ["jsonl", "Export JSON Lines"],
  ["csv", "Export CSV"],
]

/** The audit log, newest first, filtered by the address. */
export function AuditPage() {
  const [filter, setFilter] = useSearchFilter(auditFields, useSearchParams())
  // Asks the server when typing pauses, not for each letter.
  const settled = useSettled(filter, 300)
  const trail = useInfiniteQuery(auditQuery(toAuditFilter(settled)))
  const rows = trail.data?.pages.flatMap((page) => page.rows)
  const search = writeFilter(auditFields, filter).toString()

  if (isForbidden(trail.error)) {
    return (
      <>
        <PageHeader title="Audit trail">It is read by auditors, and administrators of everything.</PageHeader>
        <ProblemNotice {...toProblemWords(trail.error)} />
      </>
    )
  }
  return (
    <>
      <PageHeader
        title="Audit trail"
        actions={
          <div className={styles.actions}>
            {formats.map(([format, words]) => (
              <LinkButton
                key={format}
                size="small"
                href={apiUrls.exportAudit({ format, ...toAuditFilter(filter) })}
                download
              >
                {words}
              </LinkButton>
            ))}
          </div>
        }
      >
        Who did what, when, from where and why. Rows are added and never changed.
      </PageHeader>
      <div className={styles.page}>
        <VerifyCard />
        <Card padded={false}>
          <AuditFilterBar
            filter={filter}
            onChange={(name, text) => setFilter({ ...filter, [name]: text })}
            onClear={() => setFilter(readFilter(auditFields, new URLSearchParams()))}
          />
          {rows !== undefined && (
            <div aria-busy={trail.isPlaceholderData}>
              <AuditTable
                rows={rows}
                search={search}
                empty={search !== "" ? "No row fits this filter" : "Nothing was done here yet"}
              />
            </div>
          )}
          {trail.isPending && <p className={styles.nothing}>Reading the trail</p>}
          {trail.isError && (
            <div className={styles.inset}>
              <ProblemNotice {...toProblemWords(trail.error)} />
            </div>
          )}
          <TableFoot
            count={
              rows !== undefined &&
              `${rows.length} ${rows.length === 1 ? "row" : "rows"}${trail.hasNextPage ? ", more are older" : ""}`
            }
          >
            <Button
              size="small"
              kind="quiet"
              aria-disabled={trail.isFetching}
              onClick={() => void trail.refetch()}
            >
              {trail.isFetching && !trail.isFetchingNextPage ? "Reading…" : "Look for newer"}
            </Button>
            {trail.hasNextPage && (
              <Button
                size="small"
                aria-disabled={trail.isFetchingNextPage}
                onClick={() => {
                  if (!trail.isFetching) void trail.fetchNextPage()
                }}
              >
                {trail.isFetchingNextPage ? "Reading…" : "Show older"}
              </Button>
            )}
          </TableFoot>
        </Card>
      </div>
    </>
  )
}
