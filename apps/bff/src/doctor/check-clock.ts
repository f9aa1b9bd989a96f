import type { Clock } from "#base/clock.ts"
import { clockSkewSeconds, describeDifference } from "#sign-in/provider/provider-clock.ts"
import { bad, good, unchecked, type Finding } from "./finding.ts"
import { getHead } from "./get-head.ts"

/** Compares this machine's clock with the `Date` header of servers. Tokens are refused when the difference is too large. */
export async function checkClock(urls: readonly string[], clock: Clock): Promise<Finding> {
  for (const url of urls) {
    const answer = await getHead(url).catch(() => null)
    const there = Date.parse(answer?.headers.date ?? "")
    if (Number.isNaN(there)) continue
    const { host } = new URL(url)
    const seconds = Math.round((clock.now() - there) / 1000)
    const says = `it is ${describeDifference(seconds)} that of ${host}.`
    if (Math.abs(seconds) < clockSkewSeconds / 5) return good("clock", says)
    const fix = `Synchronise the clocks (NTP). More than ${clockSkewSeconds} s fail every sign-in.`
    return bad("clock", says, fix)
  }
  return unchecked("clock", "no server said what time it has.", "Compare it with another machine.")
}
