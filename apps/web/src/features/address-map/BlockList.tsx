import type { AddressBlock } from "@peering-desk/peering-rules"
import { memo, useDeferredValue, useState } from "react"
import { Button } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { Chip } from "#ui/Chip.tsx"
import styles from "./address-map.module.css"
import { blockGroups, filterBlocks, isInGroup, type BlockFilter, type BlockGroup } from "./block-filter.ts"
import { BlockTable } from "./BlockTable.tsx"
import { formatCount } from "#copy/counts.ts"

const pageSize = 50

const groupWords: Record<BlockGroup, string> = {
  all: "All",
  container: "Containers",
  peer: "Networks",
  overlapping: "Overlapping",
}

/** Every block by address, filtered, a page at a time. */
export const BlockList = memo(function BlockList({
  blocks,
  chosenCidr,
  onShow,
}: {
  blocks: readonly AddressBlock[]
  chosenCidr: string | null
  onShow: (cidr: string) => void
}) {
  const [filter, setFilter] = useState<BlockFilter>({ text: "", group: "all" })
  const [page, setPage] = useState(0)
  const fitting = filterBlocks(blocks, useDeferredValue(filter))
  const first = Math.min(page, Math.max(0, Math.ceil(fitting.length / pageSize) - 1)) * pageSize
  const rows = fitting.slice(first, first + pageSize)

  function narrow(change: Partial<BlockFilter>) {
    setFilter({ ...filter, ...change })
    setPage(0)
  }
  return (
    <Card padded={false}>
      <div className={styles.toolbar}>
        <input
          type="search"
          className={styles.search}
          aria-label="Filter the blocks"
          placeholder="Address, name or project"
          value={filter.text}
          onChange={(event) => narrow({ text: event.target.value })}
        />
        <fieldset aria-label="Which blocks" className={styles.chips}>
          {blockGroups.map((group) => (
            <Chip key={group} pressed={filter.group === group} onPress={() => narrow({ group })}>
              {groupWords[group]}{" "}
              {blocks.filter((block) => isInGroup(block, group)).length.toLocaleString("en-US")}
            </Chip>
          ))}
        </fieldset>
      </div>
      {rows.length > 0 ? (
        <BlockTable blocks={blocks} rows={rows} chosenCidr={chosenCidr} onShow={onShow} />
      ) : (
        <p className={styles.nothing}>No block fits this filter</p>
      )}
      <div className={styles.foot}>
        <output className={styles.count}>
          {rows.length > 0 &&
            `${(first + 1).toLocaleString("en-US")} to ${(first + rows.length).toLocaleString("en-US")} of ${formatCount(fitting.length, "block")}`}
        </output>
        {fitting.length > pageSize && (
          <>
            <Button
              size="small"
              aria-disabled={first === 0}
              onClick={() => first > 0 && setPage(first / pageSize - 1)}
            >
              Previous
            </Button>
            <Button
              size="small"
              aria-disabled={first + pageSize >= fitting.length}
              onClick={() => first + pageSize < fitting.length && setPage(first / pageSize + 1)}
            >
              Next
            </Button>
          </>
        )}
      </div>
    </Card>
  )
})
