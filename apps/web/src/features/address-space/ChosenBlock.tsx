import { listOverlaps, type AddressBlock } from "@peering-desk/peering-rules"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { LinkButton } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import styles from "./address-space.module.css"
import { toBlockPath } from "./BlockTable.tsx"
import { formatAddress, toBlockWords } from "#copy/address-blocks.ts"
import { formatCount } from "#copy/counts.ts"

const mostOverlaps = 8

/** Describes the zoomed block: its owner or that it is free, and its overlaps. */
export function ChosenBlock({ cidr, blocks }: { cidr: string; blocks: readonly AddressBlock[] }) {
  const chosen = blocks.filter((block) => block.cidr === cidr)
  const [first] = chosen
  if (first === undefined) return null
  return (
    <Card title={<span className="mono">{cidr}</span>}>
      <p className={styles.sub}>
        {formatAddress(first.first)} to {formatAddress(first.last)}
      </p>
      <ul className={styles.chosen}>
        {chosen.map((block) => (
          <li key={block.id}>
            {block.kind === "draft" ? "Nothing has exactly this block." : toBlockWords(block)}
            <Overlaps block={block} blocks={blocks} />
          </li>
        ))}
      </ul>
      <Link href={pagePaths.addressSpace()} state="keep-focus" asChild>
        <LinkButton size="small">Show everything</LinkButton>
      </Link>
    </Card>
  )
}

function Overlaps({ block, blocks }: { block: AddressBlock; blocks: readonly AddressBlock[] }) {
  const listed = listOverlaps(blocks, block, mostOverlaps)
  const wellKnown = listed.filter(({ kind }) => kind === "well-known").length
  const more = block.overlapCount - (listed.length - wellKnown)
  return (
    <>
      <p className={block.overlapCount > 0 && block.kind !== "well-known" ? styles.overlapped : undefined}>
        {block.overlapCount === 0
          ? "It is free of others."
          : `It overlaps with ${formatCount(block.overlapCount, "block")}.`}
      </p>
      <ul className={styles.overlaps}>
        {listed.map((other) => (
          <li key={other.id}>
            <Link href={toBlockPath(other.cidr)} state="keep-focus" className="mono">
              {other.cidr}
            </Link>{" "}
            {toBlockWords(other)}
          </li>
        ))}
        {more > 0 && <li>and {more.toLocaleString("en-US")} more</li>}
      </ul>
    </>
  )
}
