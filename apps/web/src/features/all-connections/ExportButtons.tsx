import { Button } from "#ui/Button.tsx"
import { toInventoryCsv, toInventoryJson } from "#features/all-connections/rows/export-rows.ts"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import styles from "./all-connections.module.css"

const formats = [
  { words: "Export CSV", type: "text/csv", name: "connections.csv", write: toInventoryCsv },
  { words: "Export JSON", type: "application/json", name: "connections.json", write: toInventoryJson },
]

/** Saves the rows that fit the filter, from all pages of the table. Nothing is sent. */
export function ExportButtons({ rows }: { rows: readonly InventoryRow[] }) {
  return (
    <div className={styles.actions}>
      {formats.map(({ words, type, name, write }) => (
        <Button key={words} size="small" onClick={() => save(new Blob([write(rows)], { type }), name)}>
          {words}
        </Button>
      ))}
    </div>
  )
}

function save(blob: Blob, name: string) {
  const href = URL.createObjectURL(blob)
  const link = document.createElement("a")
  Object.assign(link, { href, download: name })
  link.click()
  // A browser reads the blob when the download begins, which is after this.
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}
