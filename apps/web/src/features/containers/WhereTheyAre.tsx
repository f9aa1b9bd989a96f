import { toAddressPicture } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { addressSpaceQuery } from "#api/projects/address-space.ts"
import { formatShortAddress } from "#copy/address-blocks.ts"
import { formatCount } from "#copy/counts.ts"
import { Section } from "#ui/Section.tsx"
import { countedPrefix, listStripPieces } from "./address-strip.ts"
import styles from "./where-they-are.module.css"

/** Draws the CIDRs of a project's containers in the order of their addresses. Shows nothing until they are read. */
export function WhereTheyAre({ projectId }: { projectId: string }) {
  const { data: spaces } = useQuery(addressSpaceQuery())
  const pieces = useMemo(
    () => listStripPieces(toAddressPicture(spaces ?? [], null).blocks, projectId),
    [spaces, projectId],
  )
  if (pieces.length === 0) return null
  return (
    <Section
      title="Where they are"
      aside={<span className="quiet text-13">Free in the projects you can see. Ranges are shortened.</span>}
    >
      <ol
        className={`flow rounded on-trough center small ${styles.strip}`}
        aria-label="Containers by address"
      >
        {pieces.map((piece) => {
          switch (piece.kind) {
            case "container":
              return (
                <li key={piece.block.id} className={`grid gap-2 narrow ${styles.container}`}>
                  <span className={`wrap strong ${styles.block}`}>{piece.block.region ?? "All regions"}</span>
                  <code className={`quiet lines-16 ${styles.cidr}`}>{piece.block.cidr}</code>
                </li>
              )
            case "between":
              return (
                <li key={piece.first} className={`grid gap-2 narrow ${styles.between}`}>
                  <span className={`regular ${styles.free}`}>
                    {piece.freeCount.toLocaleString("en-US")} free /{countedPrefix}
                  </span>
                  <span className={`quiet lines-16 ${styles.cidr}`}>
                    {piece.otherCount > 0 && formatCount(piece.otherCount, "other CIDR")}
                  </span>
                </li>
              )
            case "break":
              return (
                <li key={piece.first} className={`grid gap-2 narrow quiet ${styles.break}`}>
                  <span aria-hidden="true">//</span>
                  <span className="visually-hidden">Next range, from {formatShortAddress(piece.first)}</span>
                </li>
              )
          }
        })}
      </ol>
    </Section>
  )
}
