import { listOverlaps, type AddressBlock } from "@peering-desk/peering-rules"
import { providerLabels } from "@peering-desk/shared-schemas"
import { useMemo, type ReactNode } from "react"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { DataTable, TwoLines, type Column } from "#ui/table/DataTable.tsx"
import styles from "./address-space.module.css"
import { isOverlapped } from "./block-filter.ts"
import { kindWords, toProjectWords } from "#copy/address-blocks.ts"

/** More overlaps would make a row higher than the window. */
const mostOverlaps = 3

/** The blocks of the map in words. */
export function BlockTable({
  blocks,
  rows,
  chosenCidr,
  onShow,
  empty,
}: {
  /** All of them: blocks in other rows may overlap. */
  blocks: readonly AddressBlock[]
  rows: readonly AddressBlock[]
  chosenCidr: string | null
  /** A block's address was followed. */
  onShow: (cidr: string) => void
  empty: ReactNode
}) {
  const columns = useMemo(() => createColumns(blocks, onShow), [blocks, onShow])
  return (
    <DataTable
      label="Address blocks"
      columns={columns}
      rows={rows}
      getKey={({ id }) => id}
      isChosen={({ cidr }) => cidr === chosenCidr}
      widths="150px minmax(0, 4fr) minmax(0, 4fr) minmax(0, 3fr) minmax(0, 5fr)"
      empty={empty}
    />
  )
}

function createColumns(
  blocks: readonly AddressBlock[],
  onShow: (cidr: string) => void,
): Column<AddressBlock>[] {
  return [
    {
      title: "Block",
      isHead: true,
      render: ({ cidr }) => (
        <Link
          href={toBlockPath(cidr)}
          state="keep-focus"
          className={`${styles.blockLink} mono`}
          onClick={() => onShow(cidr)}
        >
          {cidr}
        </Link>
      ),
    },
    {
      title: "What",
      isShort: true,
      render: ({ kind, label }) => <TwoLines below={label}>{kindWords[kind]}</TwoLines>,
    },
    { title: "Project", isShort: true, render: toProjectWords },
    {
      title: "Cloud and region",
      isShort: true,
      render: ({ providerName, region }) => (
        <TwoLines below={region}>{providerName !== null && providerLabels[providerName]}</TwoLines>
      ),
    },
    { title: "Overlaps", render: (block) => <Overlaps blocks={blocks} block={block} /> },
  ]
}

function Overlaps({ blocks, block }: { blocks: readonly AddressBlock[]; block: AddressBlock }) {
  const listed = listOverlaps(blocks, block, mostOverlaps)
  const wellKnown = listed.filter(({ kind }) => kind === "well-known").length
  const more = block.overlapCount - (listed.length - wellKnown)
  if (listed.length === 0) return <span className={styles.sub}>no overlap</span>
  return (
    <>
      {isOverlapped(block) && <strong className={styles.overlapped}>{block.overlapCount} overlap</strong>}
      <ul>
        {listed.map((other) => (
          <li key={other.id}>
            <span className="mono">{other.cidr}</span>{" "}
            <span className={styles.sub}>{toProjectWords(other) || other.label}</span>
          </li>
        ))}
        {more > 0 && <li>and {more.toLocaleString("en-US")} more</li>}
      </ul>
    </>
  )
}

/** The page with a block zoomed to. */
export function toBlockPath(cidr: string): string {
  return `${pagePaths.addressSpace()}?block=${cidr}`
}
