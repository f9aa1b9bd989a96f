import { apiUrls, AuditPage, Preset, PresetList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, readProblem, readVerdict } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const draft = { providerName: "AWS", request: { awsAccountId: "482913570264", containerId: "" } }

const list = async (project: string = projectId) =>
  PresetList.parse((await desk.call("GET", apiUrls.presets(project))).json()).presets
const keep = (body: object, cookie = desk.cookie) =>
  desk.call("POST", apiUrls.presets(projectId), { body, headers: { cookie } })

describe("presets of a project", () => {
  test("are stored with their author, survive a restart, and belong to the project", async () => {
    const kept = Preset.parse((await keep({ name: " Orders ", draft })).json())
    expect(kept).toMatchObject({ name: "Orders", draft, at: new Date(desk.clock.now()).toISOString() })
    expect(kept.by).toMatch(/Olivia/)
    const beside = await startTestApp({ beside: desk })
    const answer = await beside.call("GET", apiUrls.presets(projectId))
    expect(answer.json()).toEqual({ presets: [kept] })
    await beside.close()
    expect(await list("64b1f0a27c3d5e4f8a9b0c3f")).toEqual([])
  })

  test("have unique names: a second one replaces the first", async () => {
    await keep({ name: "Orders", draft })
    await keep({ name: "Billing", draft })
    await keep({ name: "Orders", draft: { providerName: "GCP", request: {} } })
    expect((await list()).map(({ name, draft: kept }) => [name, kept.providerName])).toEqual([
      ["Billing", "AWS"],
      ["Orders", "GCP"],
    ])
  })

  test("are not replaced by somebody who has not seen the one of that name", async () => {
    const { at } = Preset.parse((await keep({ name: "Orders", draft, replaces: null })).json())
    const unseen = await keep({ name: "Orders", draft: { ...draft, request: {} }, replaces: null })
    expect(readProblem(unseen).fields).toEqual({
      name: "Olivia Marsh has saved a preset of this name. Save again to replace it",
    })
    expect((await list())[0]?.draft).toEqual(draft)
    expect((await keep({ name: "Orders", draft, replaces: at })).status).toBe(200)
  })

  test("can be deleted once, and not from another project", async () => {
    const { id } = Preset.parse((await keep({ name: "Orders", draft })).json())
    const elsewhere = await desk.call("DELETE", apiUrls.preset("64b1f0a27c3d5e4f8a9b0c3f", id))
    expect(readVerdict(elsewhere)).toBe("404 not_found")
    expect((await desk.call("DELETE", apiUrls.preset(projectId, id))).status).toBe(204)
    expect(readVerdict(await desk.call("DELETE", apiUrls.preset(projectId, id)))).toBe("404 not_found")
    expect(await list()).toEqual([])
  })

  test("are recorded in the audit log when saved, replaced and deleted", async () => {
    await keep({ name: "Orders", draft })
    const { id } = Preset.parse((await keep({ name: "Orders", draft })).json())
    await desk.call("DELETE", apiUrls.preset(projectId, id))
    const { rows } = AuditPage.parse((await desk.call("GET", apiUrls.audit({ projectId }))).json())
    const by = "Olivia Marsh"
    expect(
      rows.map(({ action, actor, providerName, detail }) => [action, actor?.name, providerName, detail]),
    ).toEqual([
      ["preset-deleted", by, "AWS", { name: "Orders", savedBy: by }],
      ["preset-saved", by, "AWS", { name: "Orders" }],
      ["preset-saved", by, "AWS", { name: "Orders" }],
    ])
  })

  test("can be read by viewers and changed by requesters", async () => {
    const victor = await desk.signIn("victor")
    const read = await desk.call("GET", apiUrls.presets(projectId), { headers: { cookie: victor } })
    expect(read.status).toBe(200)
    expect(readVerdict(await keep({ name: "Orders", draft }, victor))).toBe("403 forbidden")
  })

  test("hold the fields of a form and a name, nothing else", async () => {
    const wrong = await keep({ name: " ", draft: { ...draft, secret: "x" } })
    expect(readVerdict(wrong)).toBe("400 invalid_request")
    expect(Object.keys(readProblem(wrong).fields ?? {})).toContain("name")
  })
})
