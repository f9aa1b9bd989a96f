import { readCidrRange, type CidrRange } from "@peering-desk/peering-rules"
import type { Check } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { toCheckAnchor } from "./check-anchor.ts"
import { pagePaths } from "#shared/page-paths.ts"
import styles from "./verdict.module.css"

/**
 * Lists checks in full sentences.
 * @param linked connections that another part of the panel links to
 */
export function CheckList({
  checks,
  linked = [],
  drawn = false,
}: {
  checks: readonly Check[]
  linked?: readonly string[]
  /** Draws overlapping CIDRs. */
  drawn?: boolean
}) {
  return (
    <ul className={`grid gap-8 ${styles.checks}`}>
      {checks.map(({ id, field, status, says, errorCode, peering }) => (
        <li key={`${id} ${field} ${says}`} id={toCheckAnchor({ id, field })} tabIndex={-1}>
          <p>
            {says}
            {/[.!?]$/.test(says) ? "" : "."}
            {peering !== undefined && !linked.includes(peering.peeringId) && (
              <>
                {" "}
                <Link href={pagePaths.connection(peering.projectId, peering.peeringId)}>Open connection</Link>
              </>
            )}
          </p>
          {status === "red" && errorCode !== null && <code className={styles.quiet}>{errorCode}</code>}
          {drawn && /overlap/.test(id) && <OverlapDrawing says={says} />}
        </li>
      ))}
    </ul>
  )
}

const cidr = /\d+(?:\.\d+){3}\/\d+/g

/**
 * Draws the two CIDRs of a sentence to scale, one above the other. The sentence says the same.
 * @param says a sentence such as `10.60.0.0/16 overlaps 10.60.0.0/20, crm-legacy in search`
 */
function OverlapDrawing({ says }: { says: string }) {
  const blocks = [...new Set(says.match(cidr))].slice(0, 2).flatMap((text) => {
    const range = readCidrRange(text)
    return range === null ? [] : [{ text, range }]
  })
  const [own, other] = blocks
  if (own === undefined || other === undefined) return null
  const span = {
    first: Math.min(own.range.first, other.range.first),
    last: Math.max(own.range.last, other.range.last),
  }
  return (
    <div aria-hidden="true" className={`grid gap-4 above-8 rounded-6 on-trough ${styles.overlap}`}>
      {blocks.map(({ text, range }, index) => (
        <div key={text} className="grid gap-2 anchor pad-top-14">
          <span className={index === 0 ? styles.ownBlock : styles.otherBlock} style={toPlace(range, span)} />
          <span className={styles.quiet}>{text}</span>
        </div>
      ))}
    </div>
  )
}

/** The least width of a block, in per cent: a /28 inside a /8 must stay visible. */
const least = 4

function toPlace(range: CidrRange, span: CidrRange) {
  const size = span.last - span.first + 1
  const width = Math.max(least, ((range.last - range.first + 1) / size) * 100)
  const left = Math.min(100 - width, ((range.first - span.first) / size) * 100)
  return { left: `${left}%`, width: `${width}%` }
}
