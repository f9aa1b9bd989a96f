import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Answer } from "#test/support/http.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, requests } from "#test/support/requests.ts"

let desk: TestApp
let commitsBeforeSending = 0
beforeAll(async () => {
  desk = await startTestApp({
    replace: ({ atlas }) => ({
      atlas: {
        ...atlas,
        createPeer(...call) {
          commitsBeforeSending = countCommits()
          return atlas.createPeer(...call)
        },
      },
    }),
  })
})
afterAll(() => desk.close())

const headerBytes = 32
const frameHeaderBytes = 24

/** Counts the transactions in SQLite's write-ahead log. Its format: https://sqlite.org/fileformat2.html#the_write_ahead_log */
function countCommits(): number {
  const { dataDirectory } = desk.services.config.store
  const log = readFileSync(join(dataDirectory, "peering-desk.sqlite-wal"))
  const frameBytes = frameHeaderBytes + log.readUInt32BE(8)
  // What an earlier log left behind its end has other salts.
  const isOfThisLog = (at: number) => log.subarray(16, 24).equals(log.subarray(at + 8, at + 16))
  let commits = 0
  for (let at = headerBytes; at + frameBytes <= log.length; at += frameBytes)
    // Only the last frame of a transaction says how large the database is by then.
    if (log.readUInt32BE(at + 4) > 0 && isOfThisLog(at)) commits += 1
  return commits
}

test("POST /peerings writes one transaction before it sends and one after", async () => {
  const create = async (networkName: string) => {
    const request = { ...requests.GCP, networkName }
    expect((await desk.create(projectId, request, `a-key-of-${networkName}`)).status).toBe(201)
  }
  await create("one-vpc")
  const before = countCommits()
  await create("another-vpc")
  expect([commitsBeforeSending - before, countCommits() - before]).toEqual([1, 2])
})

test("POST /peerings sent twice at once answers both with the peering, although the second verdict meets it", async () => {
  const send = () =>
    desk.create(projectId, { ...requests.GCP, networkName: "a-third-vpc" }, "a-key-sent-twice-at-once")
  const { snapshotReader } = desk.services
  const readSnapshot = snapshotReader.readSnapshot.bind(snapshotReader)
  const faster: Answer[] = []
  let isFirst = true
  snapshotReader.readSnapshot = async (...about) => {
    if (isFirst) {
      isFirst = false
      faster.push(await send())
    }
    return await readSnapshot(...about)
  }
  const slower = await send()
  expect(slower.status).toBe(201)
  expect(faster.map((answer) => answer.json())).toEqual([slower.json()])
})
