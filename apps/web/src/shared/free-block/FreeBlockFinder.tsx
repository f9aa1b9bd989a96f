import { findFreeBlock, wellKnownBlocks } from "@peering-desk/peering-rules"
import { privateRanges } from "@peering-desk/shared-schemas"
import { useId, useState } from "react"
import { Button } from "#ui/Button.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import styles from "./FreeBlockFinder.module.css"

const everyRange = "every range"

/** Finds a free CIDR. */
export function FreeBlockFinder({
  taken,
  sizes,
  onUse,
}: {
  /** CIDRs to avoid. */
  taken: readonly string[]
  /** The prefix lengths on offer, the usual one first. */
  sizes: readonly number[]
  onUse: (cidr: string) => void
}) {
  const id = useId()
  const [prefix, setPrefix] = useState(sizes[0] ?? 21)
  const [range, setRange] = useState(everyRange)
  const [avoidsWellKnown, setAvoidsWellKnown] = useState(true)
  const [offered, setOffered] = useState<readonly string[]>([])
  // Undefined before somebody asks; null when none is free.
  const [found, setFound] = useState<string | null>()

  function find(passed: readonly string[]) {
    const avoid = [...taken, ...passed, ...(avoidsWellKnown ? wellKnownBlocks.map(({ cidr }) => cidr) : [])]
    const cidr = findFreeBlock({ prefix, within: range === everyRange ? privateRanges : [range], avoid })
    setOffered(cidr === null ? passed : [...passed, cidr])
    setFound(cidr)
  }
  function ask(change: () => void) {
    change()
    setOffered([])
    setFound(undefined)
  }

  return (
    <div className="grid gap-8">
      <div className={`flow low gap-10 gap-x-12 ${styles.wish}`}>
        <SelectField
          label="Size"
          options={sizes.map((size) => [String(size), toSizeWords(size)])}
          value={String(prefix)}
          onChange={(size) => ask(() => setPrefix(Number(size)))}
        />
        <SelectField
          label="In"
          options={[[everyRange, "every private range"], ...privateRanges.map((one) => [one, one] as const)]}
          value={range}
          onChange={(one) => ask(() => setRange(one ?? everyRange))}
        />
        <Button onClick={() => find([])}>Find a free /{prefix}</Button>
      </div>
      <label className="line tap-44">
        <input
          type="checkbox"
          className="tick"
          checked={avoidsWellKnown}
          aria-describedby={`${id}-well-known`}
          onChange={(event) => ask(() => setAvoidsWellKnown(event.target.checked))}
        />
        Avoid well-known blocks
      </label>
      <p id={`${id}-well-known`} className="quiet small">
        {wellKnownBlocks.map(({ cidr, usedBy }) => `${cidr}, ${usedBy}`).join("; ")}
      </p>
      <output className={found == null ? undefined : "visually-hidden"}>
        {found != null && `${found} is free in the projects you can see`}
        {found === null &&
          (offered.length > 0
            ? "There is no other one."
            : `No /${prefix} is free in ${range === everyRange ? "any private range" : range}.`)}
      </output>
      {found != null && (
        <div className="flow low gap-10 gap-x-16">
          <span>
            <Copyable value={found} label="the free block" /> is free in the projects you can see
          </span>
          <Button size="small" onClick={() => find(offered)}>
            Find another
          </Button>
          <Button size="small" onClick={() => onUse(found)}>
            Use {found}
          </Button>
        </div>
      )}
    </div>
  )
}

function toSizeWords(size: number): string {
  return `/${size}: ${(2 ** (32 - size)).toLocaleString("en-US")} addresses`
}
