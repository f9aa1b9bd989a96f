import type { AddressBlock, AddressConflict } from "@peering-desk/peering-rules"
import { memo, useDeferredValue, useState } from "react"
import { Pager, TableFoot, toPage } from "#ui/table/TableFoot.tsx"
import { ChipChoice } from "#ui/fields/ChipChoice.tsx"
import { FilterBar, SearchField } from "#ui/table/FilterBar.tsx"
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

/** Lists the blocks by address, filtered and paged. */
export const BlockList = memo(function BlockList({
  blocks: known,
  conflicts,
}: {
  /** Undefined while loading. */
  blocks: readonly AddressBlock[] | undefined
  conflicts: readonly AddressConflict[]
}) {
  const blocks = known ?? nothing
  const [filter, setFilter] = useState<BlockFilter>({ text: "", group: "all" })
  const [wanted, setPage] = useState(0)
  const fitting = filterBlocks(blocks, useDeferredValue(filter))
  const { page, pageCount, first, shown } = toPage(fitting, wanted, pageSize)

  function narrow(change: Partial<BlockFilter>) {
    setFilter({ ...filter, ...change })
    setPage(0)
  }
  return (
    <div>
      <FilterBar>
        <SearchField
          label="Search CIDRs"
          hidesLabel
          placeholder="Address, name or project"
          value={filter.text}
          onChange={(text) => narrow({ text })}
        />
        <ChipChoice
          label="Kind"
          options={blockGroups.map((group) => {
            const count = known?.filter((block) => isInGroup(block, group)).length ?? ""
            return [group, groupWords[group], count] as const
          })}
          value={filter.group}
          onChoose={(group) => narrow({ group })}
        />
      </FilterBar>
      <BlockTable
        blocks={blocks}
        conflicts={conflicts}
        rows={known === undefined ? undefined : shown}
        empty="No CIDRs match these filters"
      />
      <TableFoot count={formatRange(first, shown.length, fitting.length, "CIDR")}>
        <Pager page={page} pageCount={pageCount} onPage={setPage} />
      </TableFoot>
    </div>
  )
})

const nothing: never[] = []
