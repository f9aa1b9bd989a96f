import { apiUrls, SavedView, SavedViewList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { readProblem, readVerdict } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const list = async (cookie = desk.cookie) => {
  const answer = await desk.call("GET", apiUrls.savedViews(), { headers: { cookie } })
  return SavedViewList.parse(answer.json()).views
}
const save = (body: object, cookie = desk.cookie) =>
  desk.call("POST", apiUrls.savedViews(), { body, headers: { cookie } })

describe("saved views", () => {
  test("belong to one person, survive a restart, and cannot be deleted by another person", async () => {
    const view = SavedView.parse(
      (await save({ name: " Failed in AWS ", query: "cloud=AWS&status=failed" })).json(),
    )
    expect(view).toMatchObject({ name: "Failed in AWS", query: "cloud=AWS&status=failed" })
    const victor = await desk.signIn("victor")
    expect(await list(victor)).toEqual([])
    const foreign = await desk.call("DELETE", apiUrls.savedView(view.id), { headers: { cookie: victor } })
    expect(readVerdict(foreign)).toBe("404 not_found")
    const beside = await startTestApp({ beside: desk })
    expect((await beside.call("GET", apiUrls.savedViews())).json()).toEqual({ views: [view] })
    await beside.close()
    expect((await desk.call("DELETE", apiUrls.savedView(view.id))).status).toBe(204)
    expect(readVerdict(await desk.call("DELETE", apiUrls.savedView(view.id)))).toBe("404 not_found")
    expect(await list()).toEqual([])
  })

  test("are listed by name, and a second one of a name replaces the first", async () => {
    const { id } = SavedView.parse((await save({ name: "Waiting", query: "status=waiting" })).json())
    await save({ name: "Available", query: "" })
    await save({ name: "Waiting", query: "status=waiting&sort=-since" })
    expect((await list()).map(({ name, query }) => [name, query])).toEqual([
      ["Available", ""],
      ["Waiting", "status=waiting&sort=-since"],
    ])
    expect((await list())[1]?.id).toBe(id)
  })

  test("number at most 20 for a person", async () => {
    for (let count = 1; count <= 20; count += 1) await save({ name: `View ${count}`, query: "" })
    const answer = await save({ name: "One more", query: "" })
    expect(readProblem(answer).fields).toEqual({ name: "You have 20 views. Delete one first." })
    expect((await save({ name: "View 20", query: "cloud=GCP" })).status).toBe(200)
    const victor = await desk.signIn("victor")
    expect((await save({ name: "One more", query: "" }, victor)).status).toBe(200)
  })

  test.each([
    ["an empty name", { name: " ", query: "" }, "name"],
    ["a name of 61 characters", { name: "x".repeat(61), query: "" }, "name"],
    ["a query of 501 characters", { name: "Long", query: "x".repeat(501) }, "query"],
    ["an address in the place of the query", { name: "Link", query: "<script>" }, "query"],
  ])("refuse %s", async (_, body, field) => {
    const answer = await save(body)
    expect(readVerdict(answer)).toBe("400 invalid_request")
    expect(Object.keys(readProblem(answer).fields ?? {})).toEqual([field])
  })
})
