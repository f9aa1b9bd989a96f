import { providerLabels } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { Section } from "#ui/Section.tsx"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { toStateWords } from "#copy/peerings.ts"
import { listMissing, type Cell, type Coverage } from "./coverage.ts"
import styles from "./coverage.module.css"

/** Null when the person may not create connections there. */
type Picking = {
  picks: ReadonlySet<string>
  onPick: (keys: readonly string[], on: boolean) => void
  onPickAll: (keys: readonly string[]) => void
} | null

const words = {
  AWS: { place: "Region of your VPCs", rule: "A VPC needs one connection for each Atlas region." },
  AZURE: {
    place: "Your VNet",
    rule: "A VNet needs one connection for each Atlas region. Atlas doesn't report the region of a VNet.",
  },
  GCP: { place: "Your VPC network", rule: "One connection reaches every region." },
} as const

/** The networks of a cloud by its Atlas regions: the connections of each pair, or a way to add one. */
export function CoverageMatrix({
  projectId,
  coverage,
  picking,
}: {
  projectId: string
  coverage: Coverage
  picking: Picking
}) {
  const { providerName, columns, lines } = coverage
  const { place, rule } = words[providerName]
  const unpicked = listMissing([coverage]).filter(({ key }) => picking?.picks.has(key) === false)
  return (
    <Section
      title={
        <span className="inline">
          <CloudMark cloud={providerName} decorative /> {providerLabels[providerName]}
        </span>
      }
      aside={toSummary(coverage)}
    >
      <p className="quiet">{rule}</p>
      <div className={`above-12 anchor scroll-x ${styles.scroll}`}>
        <table className={`left wrap cells ${styles.matrix}`}>
          <thead>
            <tr>
              <th scope="col">{place}</th>
              {columns.map(({ region, container }) => (
                <th scope="col" key={container.id}>
                  <span className="strong">{region}</span>
                  <span className="block faint small mono">{container.atlasCidrBlock}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ place: name, below, cells }) => (
              <tr key={`${name} ${below}`}>
                <th scope="row">
                  <span className="strong">{name}</span>
                  <span className="block faint small">{below}</span>
                </th>
                {cells.map((cell, index) => (
                  <td key={columns[index]?.container.id}>
                    <CellContent projectId={projectId} cell={cell} picking={picking} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {picking !== null && unpicked.length > 1 && (
        <p className={`flow ${styles.acts}`}>
          <Button size="small" onClick={() => picking.onPickAll(unpicked.map(({ key }) => key))}>
            Add all {unpicked.length}
          </Button>
        </p>
      )}
    </Section>
  )
}

function CellContent({
  projectId,
  cell: { rows, missing, isRead },
  picking,
}: {
  projectId: string
  cell: Cell
  picking: Picking
}) {
  const [first, ...more] = rows
  return (
    <>
      {first !== undefined && (
        <>
          <StateText tone={first.turn} words={toStateWords(first.turn, first.peering.status)} />
          <Link className="block above-4" href={pagePaths.connection(projectId, first.peering.id)}>
            {first.title}
          </Link>
          {more.length > 0 && <span className="block faint small">+ {more.length} more</span>}
        </>
      )}
      {first === undefined && (
        <span className="block faint small">
          {isRead ? (
            <>
              <span aria-hidden="true">–</span>
              <span className="visually-hidden">Not set up</span>
            </>
          ) : (
            "Not checked"
          )}
        </span>
      )}
      {missing !== null && picking !== null && (
        <label className={`inline rounded-s on-card press tap-44 ${styles.pick}`}>
          <input
            type="checkbox"
            className="tick"
            aria-label={`Add ${missing.from} to ${missing.to}`}
            checked={picking.picks.has(missing.key)}
            onChange={({ target }) => picking.onPick([missing.key], target.checked)}
          />
          Add
        </label>
      )}
    </>
  )
}

/** Formats `3 connected · 1 in progress · 1 failed · 12 not set up`. Each pair is counted once. */
function toSummary({ lines }: Coverage): string {
  const cells = lines.flatMap((line) => line.cells)
  const count = (fits: (cell: Cell) => boolean) => cells.filter(fits).length
  const turnIs = (turn: string) => (cell: Cell) => cell.rows[0]?.turn === turn
  const counts: [number, string][] = [
    [count(turnIs("works")), "connected"],
    [count(turnIs("you")) + count(turnIs("atlas")), "in progress"],
    [count(turnIs("failed")), "failed"],
    [count(turnIs("closing")), "being removed"],
    [count(turnIs("unknown")), "in another state"],
    [count(({ rows, isRead }) => rows.length === 0 && isRead), "not set up"],
    [count(({ rows, isRead }) => rows.length === 0 && !isRead), "not checked"],
  ]
  const [connected, ...others] = counts.map(([many, what]) => (many > 0 ? `${many} ${what}` : null))
  return [connected ?? "0 connected", ...others].filter((part) => part !== null).join(" · ")
}
