import { openStreams, wait } from "#tools/lab/bench/open-streams.ts"
import { readRssMb } from "#tools/lab/bench/process-cost.ts"
import type { StreamServer } from "./stream-servers.ts"

export const readerCount = 100
const changeEverySeconds = 2
const changesBefore = 8
const changes = 12

/** Returns by how many MB the server grows when as many readers as before come and take nothing, while everything changes. */
export async function measureStuck({ url, pid, toHead, changeAll }: StreamServer): Promise<number> {
  const healthy = await openStreams(url, readerCount, toHead)
  const changeTimes = async (times: number) => {
    for (let change = 0; change < times; change += 1) {
      await changeAll(change)
      await wait(changeEverySeconds)
    }
  }
  await changeTimes(changesBefore)
  const before = readRssMb(pid)
  const stuck = await openStreams(url, readerCount, toHead)
  for (const socket of stuck) socket.pause()
  await changeTimes(changes)
  const growth = readRssMb(pid) - before
  for (const socket of [...healthy, ...stuck]) socket.destroy()
  return growth
}
