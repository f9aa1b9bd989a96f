import type { Peering, ProviderName } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { overviewQuery } from "#api/peerings/overview.ts"

/** How long a status usually lasts in this installation, in milliseconds. */
export type UsualTimes = Readonly<Record<string, number>>

/** A median of fewer peerings says nothing. */
const fewest = 3

/** Returns the usual times of a cloud, as far as the overview has been read here; it is not read for them. */
export function useUsualTimes(providerName: ProviderName): UsualTimes {
  const { data } = useQuery({ ...overviewQuery(), enabled: false })
  const known = data?.timesInState.filter(
    (time) => time.providerName === providerName && time.count >= fewest,
  )
  return Object.fromEntries(known?.map(({ status, p50Ms }) => [status, p50Ms]) ?? [])
}

/** Returns how long the latest status of a connection usually lasts, in milliseconds; undefined when that isn't known. */
export function getUsualTime(times: UsualTimes, { history }: Peering): number | undefined {
  return times[history.at(-1)?.status ?? ""]
}
