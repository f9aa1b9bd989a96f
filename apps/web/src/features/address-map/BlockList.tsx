import type { AddressBlock } from "@peering-desk/peering-rules"
import { memo, useDeferredValue, useState } from "react"
import { Card } from "#ui/Card.tsx"
import { Pager, TableFoot, toPage } from "#ui/TableFoot.tsx"
import { Chip } from "#ui/Chip.tsx"
import styles from "./address-map.module.css"
import { blockGroups, filterBlocks, isInGroup, type BlockFilter, type BlockGroup } from "./block-filter.ts"
import { BlockTable } from "./BlockTable.tsx"
import { formatRange } from "#copy/counts.ts"

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
  const [wanted, setPage] = useState(0)
  const fitting = filterBlocks(blocks, useDeferredValue(filter))
  const { page, pageCount, first, shown } = toPage(fitting, wanted, pageSize)

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
      <BlockTable
        blocks={blocks}
        rows={shown}
        chosenCidr={chosenCidr}
        onShow={onShow}
        empty="No block fits this filter"
      />
      <TableFoot count={formatRange(first, shown.length, fitting.length, "block")}>
        <Pager page={page} pageCount={pageCount} onPage={setPage} />
      </TableFoot>
    </Card>
  )
})
