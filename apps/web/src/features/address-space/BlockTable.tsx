import type { AddressBlock, AddressConflict } from "@peering-desk/peering-rules"
import { providerLabels } from "@peering-desk/shared-schemas"
import { useMemo, type ReactNode } from "react"
import { Link } from "wouter"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { DataTable, TwoLines, type Column } from "#ui/table/DataTable.tsx"
import { toBlockPath } from "./block-path.ts"
import styles from "./address-space.module.css"
import { isOverlapped } from "./block-filter.ts"
import { kindWords, toProjectWords } from "#copy/address-blocks.ts"
import { describeOverlaps } from "./use-address-plan.ts"

/** More overlaps would make a row higher than the window. */
const mostOverlaps = 3

/** Every block with its owner and overlaps. */
export function BlockTable({
  blocks,
  conflicts,
  rows,
  empty,
}: {
  /** All of them: blocks in other rows may overlap. */
  blocks: readonly AddressBlock[]
  conflicts: readonly AddressConflict[]
  /** Undefined while loading. */
  rows: readonly AddressBlock[] | undefined
  empty: ReactNode
}) {
  const columns = useMemo(() => createColumns(blocks, conflicts), [blocks, conflicts])
  return (
    <DataTable
      label="CIDRs"
      columns={columns}
      rows={rows}
      getKey={({ id }) => id}
      widths="150px minmax(0, 4fr) minmax(0, 4fr) minmax(0, 3fr) minmax(0, 5fr)"
      empty={empty}
    />
  )
}

function createColumns(
  blocks: readonly AddressBlock[],
  conflicts: readonly AddressConflict[],
): Column<AddressBlock>[] {
  return [
    {
      title: "CIDR",
      isHead: true,
      render: ({ cidr }) => (
        <Link href={toBlockPath(cidr)} className="mono strong inline-block high-24">
          {cidr}
        </Link>
      ),
    },
    {
      title: "Use",
      isShort: true,
      render: ({ kind, label }) => <TwoLines below={label}>{kindWords[kind]}</TwoLines>,
    },
    { title: "Project", isShort: true, render: toProjectWords },
    {
      title: "Cloud and region",
      isShort: true,
      render: ({ providerName, region }) => (
        <TwoLines below={region}>
          {providerName !== null && (
            <span className="inline gap-6">
              <CloudMark cloud={providerName} decorative /> {providerLabels[providerName]}
            </span>
          )}
        </TwoLines>
      ),
    },
    {
      title: "Overlaps",
      render: (block) => (
        <Overlaps block={block} overlaps={describeOverlaps({ blocks, conflicts }, block, mostOverlaps)} />
      ),
    },
  ]
}

function Overlaps({
  block,
  overlaps: { listed, more, isConflict },
}: {
  block: AddressBlock
  overlaps: ReturnType<typeof describeOverlaps>
}) {
  if (listed.length === 0) return <span className={styles.sub}>–</span>
  return (
    <>
      {isConflict ? (
        <StateText tone="failed" words="Conflict" />
      ) : (
        isOverlapped(block) && `Overlaps ${block.overlapCount}`
      )}
      <ul>
        {listed.map((other) => (
          <li key={other.id}>
            <span className="mono">{other.cidr}</span>{" "}
            <span className={styles.sub}>{toProjectWords(other) || other.label}</span>
          </li>
        ))}
        {more > 0 && <li>+ {more.toLocaleString("en-US")} more</li>}
      </ul>
    </>
  )
}
