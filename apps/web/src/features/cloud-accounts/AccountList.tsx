import { textField, type CloudAccount } from "@peering-desk/shared-schemas"
import { useMemo } from "react"
import { useSearchParams } from "wouter"
import { byNeed } from "#copy/cloud-accounts.ts"
import { EmptyState } from "#ui/EmptyState.tsx"
import { useAfter } from "#ui/hooks/use-after.ts"
import { useDrawnRows } from "#ui/hooks/use-drawn-rows.ts"
import { useSearchFilter } from "#ui/hooks/use-search-filter.ts"
import { Skeleton } from "#ui/Skeleton.tsx"
import { SearchField } from "#ui/table/FilterBar.tsx"
import { AccountCard } from "./AccountCard.tsx"
import styles from "./cloud-accounts.module.css"

const fields = { text: textField("search") }
/** From so many accounts on, people search. */
const searchedFrom = 8
const slowAfterMs = 8_000

/** A card for each account. Accounts with a problem come first. */
export function AccountList({
  accounts,
  nameProject,
  onConnect,
  onRemove,
}: {
  /** Undefined while loading. */
  accounts: readonly CloudAccount[] | undefined
  nameProject: (id: string) => string
  onConnect: (id: string) => void
  onRemove: (account: CloudAccount) => void
}) {
  const [filter, setFilter] = useSearchFilter(fields, useSearchParams())
  const text = filter.text.trim().toLowerCase()
  const rows = useMemo(
    () =>
      (accounts ?? [])
        .filter((account) => isMatch(account, nameProject, text))
        .toSorted(byNeed)
        .map((account) => ({ key: `${account.id} ${JSON.stringify(account)}`, account })),
    [accounts, nameProject, text],
  )
  const drawn = useDrawnRows(rows)
  if (accounts === undefined) return <LoadingCards />
  if (accounts.length === 0) return <NoAccounts />
  return (
    <>
      {(accounts.length > searchedFrom || text !== "") && (
        <SearchField
          label="Search accounts"
          hidesLabel
          placeholder="Name, account or project"
          value={filter.text}
          onChange={(next) => setFilter({ text: next })}
        />
      )}
      {rows.length === 0 && <EmptyState title={`No account matches “${filter.text.trim()}”`} />}
      <ul className="stack" aria-label="Accounts">
        {drawn.map(({ account }) => (
          <li key={account.id}>
            <AccountCard
              account={account}
              projectName={nameProject(account.projectId)}
              onConnect={onConnect}
              onRemove={onRemove}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

function isMatch(
  { name, account, projectId }: CloudAccount,
  nameProject: (id: string) => string,
  text: string,
): boolean {
  const digits = text.replaceAll(" ", "")
  return (
    text === "" ||
    name.toLowerCase().includes(text) ||
    (digits !== "" && account?.includes(digits) === true) ||
    nameProject(projectId).toLowerCase().includes(text)
  )
}

function LoadingCards() {
  const isSlow = useAfter(slowAfterMs)
  return (
    <div className="stack" aria-busy="true">
      <output className={isSlow ? "quiet" : "visually-hidden"}>
        {isSlow ? "Still waiting for the server" : "Loading accounts"}
      </output>
      {[0, 1, 2].map((card) => (
        <div key={card} className="card">
          <div className={`stack gap-4 gap-8 gap-x-12 ${styles.head}`}>
            <Skeleton />
            <Skeleton width="long" />
          </div>
        </div>
      ))}
    </div>
  )
}

function NoAccounts() {
  return (
    <div className="card">
      <EmptyState icon="cloud" title="No accounts connected yet">
        <div className="stack gap-8">
          <p>
            Connect an AWS account, and Peering Desk offers its VPCs by name, proves each step, and tells you
            when somebody deletes a route.
          </p>
          <p>
            It reads VPCs, subnets, routes, peerings, network ACLs, security groups and DNS attributes. It
            can't change anything. To revoke, delete the role in AWS.
          </p>
        </div>
      </EmptyState>
    </div>
  )
}
