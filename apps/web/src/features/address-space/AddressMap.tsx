import { toOneSpelling, type CidrRange } from "@peering-desk/peering-rules"
import { useMemo } from "react"
import { useSearchParams } from "wouter"
import { Button } from "#ui/Button.tsx"
import { Kbd } from "#ui/Kbd.tsx"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { toLanes, type LaneMode } from "#features/address-space/layout/map-lanes.ts"
import { isWithin, listMapAreas } from "#features/address-space/layout/map-ranges.ts"
import { toSegments } from "#features/address-space/layout/map-segments.ts"
import { MapSection } from "./MapSection.tsx"
import { reservedRanges, type AddressPlan } from "./use-address-plan.ts"
import styles from "./map.module.css"

/** More columns than this merge with their neighbours. */
const mostColumns = 24
/** With more projects than this, lanes are clouds until the person chooses otherwise. */
const mostProjectLanes = 12

/** Draws the private ranges: who uses which addresses, and what is free. */
export function AddressMap({
  plan: { blocks, conflicts, chosenCidr },
  prefix,
  onFree,
}: {
  plan: AddressPlan
  prefix: number
  onFree: (range: CidrRange) => void
}) {
  const [search, setSearch] = useSearchParams()
  const openCidr = toOneSpelling(search.get("range") ?? "")
  const projectCount = useMemo(
    () => new Set(blocks.flatMap(({ projects }) => projects.map(({ id }) => id))).size,
    [blocks],
  )
  const mode = readMode(search.get("by")) ?? (projectCount > mostProjectLanes ? "cloud" : "project")
  const areas = useMemo(
    () =>
      listMapAreas(openCidr).map(({ title, ranges }) => {
        const own = blocks.filter(
          (block) => block.kind !== "well-known" && ranges.some((range) => isWithin(block, range)),
        )
        const segments = ranges.flatMap((range) =>
          toSegments(
            range,
            own.filter((block) => isWithin(block, range)),
            reservedRanges,
            mostColumns,
          ),
        )
        const unused = ranges.filter((range) => !own.some((block) => isWithin(block, range)))
        return { title, segments, lanes: toLanes(own, segments, conflicts, mode), unused }
      }),
    [blocks, conflicts, mode, openCidr],
  )

  function change(name: string, value: string | null) {
    setSearch((before) => {
      if (value === null) before.delete(name)
      else before.set(name, value)
      return before
    })
  }

  return (
    <div className="stack gap-20">
      <div className="row gap-10 gap-x-12">
        <SegmentedControl<LaneMode>
          label="Lanes"
          options={[
            { value: "project", title: "By project" },
            { value: "cloud", title: "By cloud" },
          ]}
          value={mode}
          onChange={(next) => change("by", next)}
        />
        {openCidr !== null && (
          <Button size="small" onClick={() => change("range", null)}>
            Show all ranges
          </Button>
        )}
        <MapLegend />
      </div>
      {areas.map(({ title, segments, lanes, unused }) => (
        <MapSection
          key={title}
          title={title}
          note={[
            segments.some(({ kind }) => kind === "free") && "Empty ranges are shortened.",
            segments.some(({ kind }) => kind === "merged") && "A number means several CIDRs.",
            unused.length > 0 &&
              lanes.length > 0 &&
              `${unused.map(({ cidr }) => cidr).join(", ")} is unused.`,
          ]
            .filter(Boolean)
            .join(" ")}
          segments={segments}
          lanes={lanes}
          prefix={prefix}
          chosenCidr={chosenCidr}
          isOpened={openCidr !== null}
          onFree={onFree}
          onOpen={(cidr) => change("range", cidr)}
        />
      ))}
      <p className="screen-only flow quiet text-13 gap-4 gap-x-20">
        Choose a free column to start a container there.
        <span className={styles.keys}>
          <Kbd>←</Kbd> <Kbd>→</Kbd> move · <Kbd>+</Kbd> <Kbd>−</Kbd> zoom
        </span>
      </p>
    </div>
  )
}

function readMode(text: string | null): LaneMode | null {
  return text === "project" || text === "cloud" ? text : null
}

const signs = [
  { kind: "container", words: "Atlas container" },
  { kind: "peer", words: "Your network" },
  { kind: "free", words: "Free" },
  { kind: "well-known", words: "Reserved by default" },
  { kind: "conflict", words: "Conflict" },
]

/** Explains the shapes on the map. */
function MapLegend() {
  return (
    <ul className={`flow quiet small gap-4 gap-x-16 ${styles.legend}`} aria-label="Legend">
      {signs.map(({ kind, words }) => (
        <li key={kind} className="inline gap-6">
          <span aria-hidden="true" className={styles.swatch} data-kind={kind} />
          {words}
        </li>
      ))}
    </ul>
  )
}
