import { describe, expect, test } from "vitest"
import { dialects, useDatabases } from "#test/support/database.ts"
import { PollSessions } from "./poll-sessions.ts"

describe.each(dialects)("poll sessions over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  test("a session grows, and the ones after a time are listed in order", async () => {
    const pollSessions = new PollSessions(await (await createDatabase()).open())
    const cloud = { projectId: "5fbcdf7ad0cdd06f36a1d66e", providerName: "AWS" as const }
    const first = { ...cloud, id: "one", from: 1, until: 2, problemBefore: null }
    const second = { ...cloud, id: "two", from: 10, until: 20, problemBefore: "atlas_failed" }
    expect(await pollSessions.findLastPoll(cloud)).toBe(null)
    await pollSessions.save([second, first])
    await pollSessions.save([{ ...first, until: 5 }])
    expect(await pollSessions.list(cloud, 0)).toEqual([{ ...first, until: 5 }, second])
    expect(await pollSessions.list(cloud, 6)).toEqual([second])
    expect(await pollSessions.findLastPoll(cloud)).toBe(20)
    expect(await pollSessions.findLastPoll({ ...cloud, providerName: "GCP" })).toBe(null)
  })
})
