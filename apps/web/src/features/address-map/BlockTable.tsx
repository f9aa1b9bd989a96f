import { listOverlaps, type AddressBlock } from "@peering-desk/peering-rules"
import { providerLabels } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import styles from "./address-map.module.css"
import { isOverlapped } from "./block-filter.ts"
import { kindWords, toProjectWords } from "#copy/address-blocks.ts"

const columns = ["Block", "What", "Project", "Cloud and region", "Overlaps"]

/** More of them would make a row higher than the window. */
const mostOverlaps = 3

/** The map once more, in words; on a narrow screen each row becomes a card. */
export function BlockTable({
  blocks,
  rows,
  chosenCidr,
  onShow,
}: {
  /** All of them: those in other rows may overlap. */
  blocks: readonly AddressBlock[]
  rows: readonly AddressBlock[]
  chosenCidr: string | null
  /** A block's address was followed. */
  onShow: (cidr: string) => void
}) {
  return (
    <table className={styles.table} aria-label="Address blocks">
      <thead className={styles.head}>
        <tr>
          {columns.map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((block) => (
          <tr key={block.id} className={styles.row} data-chosen={block.cidr === chosenCidr}>
            <th scope="row">
              <Link
                href={toBlockPath(block.cidr)}
                state="keep-focus"
                className={`${styles.blockLink} mono`}
                onClick={() => onShow(block.cidr)}
              >
                {block.cidr}
              </Link>
            </th>
            <td>
              {kindWords[block.kind]}
              <span className={styles.sub}>{block.label}</span>
            </td>
            <td>{toProjectWords(block)}</td>
            <td>
              {block.providerName !== null && providerLabels[block.providerName]}
              <span className={styles.sub}>{block.region}</span>
            </td>
            <td>
              <Overlaps blocks={blocks} block={block} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
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
  return `${pagePaths.addressMap()}?block=${cidr}`
}
