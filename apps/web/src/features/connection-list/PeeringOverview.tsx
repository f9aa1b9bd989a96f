import type { PeeringList } from "@peering-desk/shared-schemas"
import { useSearchParams } from "wouter"
import { Button } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { Fact, DescriptionList } from "#ui/DescriptionList.tsx"
import { useSearchFilter } from "#ui/hooks/use-search-filter.ts"
import { everyConnection, filterPeerings, listFields } from "./list-filter.ts"
import { ListToolbar } from "./ListToolbar.tsx"
import { NeedsAttention } from "./NeedsAttention.tsx"
import styles from "./PeeringListPage.module.css"
import { PeeringTable } from "./PeeringTable.tsx"
import type { FindContainer } from "#shared/polling/use-project-peerings.ts"
import { PollAdvice } from "#shared/polling/PollAdvice.tsx"

interface Props {
  /** Undefined while loading. */
  list: PeeringList | undefined
  findContainer: FindContainer
}

/** The connections that need attention, and the table with its filter. */
export function PeeringOverview({ list, findContainer }: Props) {
  const [filter, setFilter] = useSearchFilter(listFields, useSearchParams())
  if (list?.peerings.length === 0) return <Empty list={list} />

  const found = list && filterPeerings(list.peerings, findContainer, filter)
  return (
    <>
      {list === undefined ? (
        <div className={styles.tasksPlace} />
      ) : (
        <NeedsAttention peerings={list.peerings} findContainer={findContainer} />
      )}
      <Card padded={false}>
        <ListToolbar peerings={list?.peerings ?? null} filter={filter} onFilter={setFilter} />
        <output className="visually-hidden">
          {found !== undefined && found.length !== list?.peerings.length && `${found.length} shown`}
        </output>
        <PeeringTable
          peerings={found}
          findContainer={findContainer}
          empty={
            <>
              <p>
                {filter.text === ""
                  ? "No connection fits this filter"
                  : `No connection has "${filter.text}" in it`}
              </p>
              <Button onClick={() => setFilter(everyConnection)}>Show all</Button>
            </>
          }
        />
      </Card>
      {list !== undefined && <PollAdvice watches={list.watches} />}
    </>
  )
}

const asked = [
  ["AWS", "the VPC's id, region and address block, and the account that owns it"],
  ["Google Cloud", "the project's id and the VPC network's name"],
  ["Azure", "the ids of directory and subscription, and the names of resource group and VNet"],
] as const

function Empty({ list }: { list: PeeringList }) {
  const unread = list.watches.some(({ checkedAt }) => checkedAt === null)
  return (
    <>
      <Card title={unread ? "No connection known yet" : "No connection yet"}>
        <div className={styles.empty}>
          <p>
            A peering connection joins your own network with the Atlas network of this project, so that your
            applications reach their clusters by private addresses. A new one asks for these of your side:
          </p>
          <DescriptionList>
            {asked.map(([cloud, what]) => (
              <Fact key={cloud} label={cloud}>
                {what}
              </Fact>
            ))}
          </DescriptionList>
        </div>
      </Card>
      <PollAdvice watches={list.watches} />
    </>
  )
}
