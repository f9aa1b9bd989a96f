import {
  cloudUrls,
  type BeginCloudAccount,
  type CloudAccount,
  type CloudAccountList,
} from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson, sendJson } from "./http.ts"

const isList = hasFields<CloudAccountList>("accounts", "readMinutes")
const isAccount = hasFields<CloudAccount>("id", "externalId", "state")
const queryKey = ["cloud-accounts"]
/** The server reads accounts by itself. */
const readEveryMs = 60_000

/** Lists the connected accounts of the projects that the person administers. */
export function cloudAccountsQuery() {
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) => readJson({ url: cloudUrls.cloudAccounts(), isAnswer: isList, signal }),
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
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => sendJson({ ...toCall(input), isAnswer: isAccount }),
    onSuccess: (account) => keepAccount(queryClient, account),
    // The server may know more of the others by now.
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
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
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      sendJson({ url: cloudUrls.cloudAccount(id), method: "DELETE", isAnswer: (body) => body === undefined }),
    // Also after a failure: it may be gone by now.
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  })
}
