import { providerLabels, providerNames, type Peering } from "@peering-desk/shared-schemas"
import { Chip } from "#ui/fields/Chip.tsx"
import { ChipChoice } from "#ui/fields/ChipChoice.tsx"
import { FilterBar, SearchField } from "#ui/table/FilterBar.tsx"
import { isPending, needsPerson, type ListFilter } from "./list-filter.ts"
import styles from "./ListToolbar.module.css"

/** Atlas: Set Up a Network Peering Connection, limits of a project. */
const mostConnections = 50
const mostPending = 25

interface Props {
  /** Null while loading: the filter can be set, the counts come later. */
  peerings: readonly Peering[] | null
  filter: ListFilter
  onFilter: (filter: ListFilter) => void
}

/** Narrows the list by text, cloud and need, and says how much of Atlas's limits is used. */
export function ListToolbar({ peerings, filter, onFilter }: Props) {
  const count = (fits: (peering: Peering) => boolean) => peerings?.filter(fits).length ?? "…"
  return (
    <FilterBar>
      <SearchField
        label="Filter the connections"
        hidesLabel
        placeholder="Filter by name, any id, CIDR"
        value={filter.text}
        onChange={(text) => onFilter({ ...filter, text })}
      />
      <ChipChoice
        label="Cloud"
        options={[
          ["all", "All", count(() => true)],
          ...providerNames.map(
            (cloud) =>
              [cloud, providerLabels[cloud], count(({ peer }) => peer.providerName === cloud)] as const,
          ),
        ]}
        value={filter.cloud ?? "all"}
        onChoose={(cloud) => onFilter({ ...filter, cloud: cloud === "all" ? null : cloud })}
      />
      <Chip
        pressed={filter.needsPerson}
        count={count(needsPerson)}
        onPress={() => onFilter({ ...filter, needsPerson: !filter.needsPerson })}
      >
        Needs a person
      </Chip>
      <p className={styles.limits}>
        {count(() => true)} of {mostConnections} connections · {count(isPending)} of {mostPending} pending
      </p>
    </FilterBar>
  )
}
