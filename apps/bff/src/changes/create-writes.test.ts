import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { resumePolling } from "#polling/resume-polling.ts"
import { countStatements } from "#test/support/counted-statements.ts"
import { useDatabases } from "#test/support/database.ts"
import type { Answer } from "#test/support/http.ts"
import { keepLeases } from "#test/support/keep-leases.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, requests } from "#test/support/requests.ts"

const createDatabase = useDatabases("postgres")
let desk: TestApp
let commitsBeforeSending = 0
beforeAll(async () => {
  desk = await startTestApp({
    replace: ({ atlas }) => ({
      atlas: {
        ...atlas,
        createPeer(...call) {
          commitsBeforeSending = countWrites().commits
          return atlas.createPeer(...call)
        },
      },
    }),
  })
})
afterAll(() => desk.close())

const headerBytes = 32
const frameHeaderBytes = 24

/**
 * Counts the transactions in SQLite's write-ahead log, and the pages that they wrote.
 * @see https://sqlite.org/fileformat2.html#the_write_ahead_log
 */
function countWrites(): { commits: number; pages: number } {
  const { dataDirectory } = desk.services.config.store
  const log = readFileSync(join(dataDirectory, "peering-desk.sqlite-wal"))
  const frameBytes = frameHeaderBytes + log.readUInt32BE(8)
  // What an earlier log left behind its end has other salts.
  const isOfThisLog = (at: number) => log.subarray(16, 24).equals(log.subarray(at + 8, at + 16))
  let commits = 0
  let pages = 0
  for (let at = headerBytes; at + frameBytes <= log.length; at += frameBytes) {
    if (!isOfThisLog(at)) break
    pages += 1
    // Only the last frame of a transaction says how large the database is by then.
    if (log.readUInt32BE(at + 4) > 0) commits += 1
  }
  return { commits, pages }
}

async function create(networkName: string) {
  const request = { ...requests.GCP, networkName }
  expect((await desk.create(projectId, request, `a-key-of-${networkName}`)).status).toBe(201)
}

test("POST /peerings writes one transaction before it sends and one after", async () => {
  await create("one-vpc")
  const before = countWrites().commits
  await create("another-vpc")
  expect([commitsBeforeSending - before, countWrites().commits - before]).toEqual([1, 2])
})

test("POST /peerings writes at most 19 pages, however many connections the project has", async () => {
  for (let number = 0; number < 5; number += 1) await create(`network-${number}`)
  const before = countWrites().pages
  for (let number = 5; number < 15; number += 1) await create(`network-${number}`)
  const pages = (countWrites().pages - before) / 10
  expect(pages).toBeLessThanOrEqual(19)
})

test("POST /peerings lists one cloud once where the last lists are up to a minute old, and none while they are younger than 2 s", async () => {
  await create("network-before")
  const listed = () => desk.asked("GET", "/peers")
  const lists: number[] = []
  for (const network of ["network-9-s", "network-18-s", "network-at-once"]) {
    if (network !== "network-at-once") desk.clock.advance(9_000)
    const before = listed()
    await create(network)
    lists.push(listed() - before)
  }
  expect(lists).toEqual([1, 1, 0])
})

test("POST /peerings sends PostgreSQL 25 statements, also where the notice of a commit comes before its answer", async () => {
  const statements = await countStatements((await createDatabase()).databaseUrl ?? "")
  const app = await startTestApp({ environment: { DATABASE_URL: statements.databaseUrl } })
  await keepLeases(app.services.store)
  await resumePolling(app.services)
  const createNext = async (number: number) => {
    const request = { ...requests.GCP, networkName: `network-${number}` }
    expect((await app.create(projectId, request, `a-key-of-network-${number}`)).status).toBe(201)
    return statements.count()
  }
  const before = await createNext(0)
  let after = before
  for (let number = 1; number <= 12; number += 1) after = await createNext(number)
  await app.close()
  await statements.close()
  expect((after - before) / 12).toBe(25)
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
