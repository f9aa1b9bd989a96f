import {
  cloudUrls,
  type BeginCloudAccount,
  type CloudAccount,
  type CloudAccountList,
} from "@peering-desk/shared-schemas"
import { queryOptions, type QueryClient } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { useChange, useRemoval } from "./change.ts"
import { readOf } from "./reads.ts"

const isAccount = hasFields<CloudAccount>("id", "externalId", "state")
const queryKey = ["cloud-accounts"]
/** The server reads accounts by itself. */
const readEveryMs = 60_000

/** Lists the connected accounts of the projects that the person administers. */
export function cloudAccountsQuery() {
  return queryOptions({
    queryKey,
    queryFn: readOf(cloudUrls.cloudAccounts(), hasFields<CloudAccountList>("accounts", "readMinutes")),
    refetchInterval: readEveryMs,
    staleTime: 0,
  })
}

/** Begins to connect an account. The answer has its external id. */
export function useBeginCloudAccount() {
  return useAccountChange((body: BeginCloudAccount) => ({
    url: cloudUrls.cloudAccounts(),
    method: "POST",
    body,
  }))
}

/** Gives an account its role, which the server checks. */
export function useNameCloudRole() {
  return useAccountChange(({ id, roleArn }: { id: string; roleArn: string }) => ({
    url: cloudUrls.cloudRole(id),
    method: "PUT",
    body: { roleArn },
  }))
}

/** Tries the role of an account and each of its rights. */
export function useCheckCloudAccount() {
  return useAccountChange((id: string) => ({ url: cloudUrls.checkCloudAccount(id), method: "POST" }))
}

function useAccountChange<Input>(
  toCall: (input: Input) => { url: string; method: "POST" | "PUT"; body?: object },
) {
  return useChange((input: Input) => ({ ...toCall(input), isAnswer: isAccount }), {
    onAnswer: keepAccount,
    // The server may know more of the others by now.
    stale: [queryKey],
  })
}

function keepAccount(queryClient: QueryClient, account: CloudAccount): void {
  queryClient.setQueryData<CloudAccountList>(queryKey, (list) => {
    if (list === undefined) return undefined
    const isKnown = list.accounts.some(({ id }) => id === account.id)
    const accounts = list.accounts.map((one) => (one.id === account.id ? account : one))
    return { ...list, accounts: isKnown ? accounts : [...accounts, account] }
  })
}

/** Removes an account with its facts. */
export function useRemoveCloudAccount() {
  return useRemoval(cloudUrls.cloudAccount, [queryKey])
}
