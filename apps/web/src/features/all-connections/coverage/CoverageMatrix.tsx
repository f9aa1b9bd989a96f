import { providerLabels } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { toStateWords } from "#copy/peerings.ts"
import { listMissing, type Cell, type Coverage } from "./coverage.ts"
import styles from "./coverage.module.css"

/** Null when the person may not create connections there. */
export type Picking = {
  picks: ReadonlySet<string>
  onPick: (keys: readonly string[], on: boolean) => void
} | null

const words = {
  AWS: {
    place: "Region of your VPCs",
    rule: "A VPC reaches an Atlas region by a connection of its own with the container there, from another region too.",
  },
  AZURE: {
    place: "Your VNet",
    rule: "Atlas does not tell where a VNet lies, so each has its own line. It needs a connection for each Atlas region.",
  },
  GCP: {
    place: "Your VPC network",
    rule: "A VPC network is in every region, and so is a container: one connection joins them all.",
  },
} as const

/** The application regions of a cloud by its Atlas regions: what joins each two, or that nothing does. */
export function CoverageMatrix({ coverage, picking }: { coverage: Coverage; picking: Picking }) {
  const { providerName, columns, lines } = coverage
  const { place, rule } = words[providerName]
  const missing = listMissing([coverage])
  const unpicked = missing.filter(({ key }) => picking?.picks.has(key) === false)
  return (
    <Card title={`${providerLabels[providerName]}: ${toSummary(coverage)}`}>
      <p className={styles.rule}>{rule}</p>
      <div className={styles.scroll}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">{place}</th>
              {columns.map(({ region, container }) => (
                <th scope="col" key={container.id}>
                  <span className={styles.region}>{region}</span>
                  <span className={`${styles.sub} mono`}>{container.atlasCidrBlock}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ place: name, below, cells }) => (
              <tr key={`${name} ${below}`}>
                <th scope="row">
                  <span className={styles.region}>{name}</span>
                  <span className={styles.sub}>{below}</span>
                </th>
                {cells.map((cell, index) => (
                  <td key={columns[index]?.container.id} data-missing={cell.missing !== null || undefined}>
                    <CellContent cell={cell} picking={picking} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {picking !== null && unpicked.length > 1 && (
        <p className={styles.acts}>
          <Button
            size="small"
            onClick={() =>
              picking.onPick(
                unpicked.map(({ key }) => key),
                true,
              )
            }
          >
            Choose all {unpicked.length} missing
          </Button>
        </p>
      )}
    </Card>
  )
}

function CellContent({ cell: { rows, missing, isRead }, picking }: { cell: Cell; picking: Picking }) {
  const [first, ...more] = rows
  return (
    <>
      {first !== undefined && (
        <>
          <Pill tone={first.turn}>{toStateWords(first.turn, first.peering.status)}</Pill>
          <Link className={styles.cell} href={pagePaths.connection(first.project.id, first.peering.id)}>
            {first.title}
          </Link>
          {more.length > 0 && <span className={styles.sub}>and {more.length} more</span>}
        </>
      )}
      {missing === null && first === undefined && (
        <span className={styles.sub}>{isRead ? "none" : "not known"}</span>
      )}
      {missing !== null &&
        (picking === null ? (
          <span className={styles.sub}>missing</span>
        ) : (
          <label className={styles.pick}>
            <input
              type="checkbox"
              aria-label={`Choose ${missing.from} to ${missing.to}`}
              checked={picking.picks.has(missing.key)}
              onChange={({ target }) => picking.onPick([missing.key], target.checked)}
            />
            missing
          </label>
        ))}
    </>
  )
}

/** `7 of 20 joined, 2 failed, 11 missing`: every pair of a line and a column is counted once. */
function toSummary({ lines }: Coverage): string {
  const cells = lines.flatMap((line) => line.cells)
  const count = (fits: (cell: Cell) => boolean) => cells.filter(fits).length
  const turnIs = (turn: string) => (cell: Cell) => cell.missing === null && cell.rows[0]?.turn === turn
  const rest: [number, string][] = [
    [count(turnIs("you")) + count(turnIs("atlas")), "on the way"],
    [count(turnIs("failed")), "failed"],
    [count(({ missing }) => missing !== null), "missing"],
  ]
  const told = rest.filter(([many]) => many > 0).map(([many, what]) => `${many} ${what}`)
  return [`${count(turnIs("works"))} of ${cells.length} joined`, ...told].join(", ")
}
