import { providerLabels, providerNames, type Peering } from "@peering-desk/shared-schemas"
import { Chip } from "#ui/Chip.tsx"
import { isPending, needsPerson, type ListFilter } from "./list-filter.ts"
import styles from "./ListToolbar.module.css"

/** Atlas: Set Up a Network Peering Connection, limits of a project. */
const mostConnections = 50
const mostPending = 25

interface Props {
  /** Null while they are being read: the filter can be set, the counts come later. */
  peerings: readonly Peering[] | null
  filter: ListFilter
  onFilter: (filter: ListFilter) => void
}

/** Narrows the list by text, cloud and need, and says how much of Atlas's limits is used. */
export function ListToolbar({ peerings, filter, onFilter }: Props) {
  const count = (fits: (peering: Peering) => boolean) => peerings?.filter(fits).length ?? "…"
  return (
    <div className={styles.toolbar}>
      <input
        type="search"
        className={styles.search}
        aria-label="Filter the connections"
        placeholder="Filter by name, any id, CIDR"
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.target.value })}
      />
      <fieldset aria-label="Cloud" className={styles.chips}>
        <Chip pressed={filter.cloud === null} onPress={() => onFilter({ ...filter, cloud: null })}>
          All <Count of={count(() => true)} />
        </Chip>
        {providerNames.map((cloud) => (
          <Chip key={cloud} pressed={filter.cloud === cloud} onPress={() => onFilter({ ...filter, cloud })}>
            {providerLabels[cloud]} <Count of={count(({ peer }) => peer.providerName === cloud)} />
          </Chip>
        ))}
      </fieldset>
      <Chip
        pressed={filter.needsPerson}
        onPress={() => onFilter({ ...filter, needsPerson: !filter.needsPerson })}
      >
        Needs a person <Count of={count(needsPerson)} />
      </Chip>
      <p className={styles.limits}>
        {count(() => true)} of {mostConnections} connections · {count(isPending)} of {mostPending} pending
      </p>
    </div>
  )
}

/** As wide before it is known as after. */
function Count({ of }: { of: number | string }) {
  return <span className={styles.count}>{of}</span>
}
