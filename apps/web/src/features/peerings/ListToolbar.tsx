import { providerLabels, type Peering } from "@peering-desk/shared-schemas"
import { Chip } from "#ui/Chip.tsx"
import { cloudNames } from "./peering-words.ts"
import { isPending, needsPerson, type ListFilter } from "./list-filter.ts"
import styles from "./ListToolbar.module.css"

/** Atlas: Set Up a Network Peering Connection, limits of a project. */
const mostConnections = 50
const mostPending = 25

interface Props {
  peerings: readonly Peering[]
  filter: ListFilter
  onFilter: (filter: ListFilter) => void
}

/** Narrows the list by text, cloud and need, and says how much of Atlas's limits is used. */
export function ListToolbar({ peerings, filter, onFilter }: Props) {
  const pending = peerings.filter(isPending).length
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
          All {peerings.length}
        </Chip>
        {cloudNames.map((cloud) => (
          <Chip key={cloud} pressed={filter.cloud === cloud} onPress={() => onFilter({ ...filter, cloud })}>
            {providerLabels[cloud]} {peerings.filter(({ peer }) => peer.providerName === cloud).length}
          </Chip>
        ))}
      </fieldset>
      <Chip
        pressed={filter.needsPerson}
        onPress={() => onFilter({ ...filter, needsPerson: !filter.needsPerson })}
      >
        Needs a person {peerings.filter(needsPerson).length}
      </Chip>
      <p className={styles.limits}>
        {peerings.length} of {mostConnections} connections · {pending} of {mostPending} pending
      </p>
    </div>
  )
}
