import { takeLayoutShifts, watchLayoutShifts } from "./layout-shifts.ts"
import { examples, openTab } from "./new-connection.ts"
import { expect, projects, test } from "./scenario.ts"

test.use({ isDemo: true })

/** What a newcomer presses on the way from Overview to a working connection, and what the network's owner does. */
const ways = [
  { tab: "AWS", cloud: "AWS", most: 8, act: "Accept", needsRole: false },
  { tab: "Google Cloud", cloud: "GCP", most: 6, act: "Peer back", needsRole: false },
  { tab: "Azure", cloud: "AZURE", most: 8, act: null, needsRole: true },
] as const

for (const { tab, cloud, most, act, needsRole } of ways) {
  test(`a newcomer gets a working connection on ${tab} in at most ${most} actions, without a layout shift`, async ({
    page,
    app,
  }) => {
    let actions = 0
    const press = async (role: "link" | "button" | "checkbox", name: string | RegExp) => {
      await page.getByRole(role, { name }).first().click()
      actions += 1
    }
    await watchLayoutShifts(page)
    await page.goto(app.url)
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible()
    await press("link", "New connection")
    await page.getByRole("combobox", { name: "Project", exact: true }).selectOption(projects.analytics)
    actions += 1
    await expect(page.getByRole("tab", { name: "AWS" })).toBeVisible()
    if (cloud !== "AWS") {
      await openTab(page, tab)
      actions += 1
    }
    const samples = page.getByRole("button", { name: "Fill in sample values" })
    await expect(samples).toBeEnabled()
    const untilPress = await takeLayoutShifts(page)
    await press("button", "Fill in sample values")
    if (needsRole) await press("checkbox", /^The role is assigned on/)
    const panel = page.getByRole("region", { name: "Plan and checks" })
    await expect(panel.getByRole("heading", { name: "Plan" })).toBeVisible()
    // What a press draws may move the page. A busy machine draws it later than browsers count it to the press.
    await takeLayoutShifts(page)
    // The server has answered.
    await expect(panel.getByText("No problems found")).toBeVisible()
    const confirmed = await takeLayoutShifts(page)
    await press("button", /^Create (container and )?connection$/)
    await page.waitForURL(/\/connections\/[0-9a-f]{24}$/)
    // Time moves only here: what the page still reads would be older than the time that passes.
    await expect(page.getByText("Live", { exact: true })).toBeVisible()

    app.simulator.advance(120)
    if (act !== null) {
      const acted = page.waitForResponse(/\/demo\/world$/)
      const owner = page.getByRole("group", { name: "Play the network owner" })
      await owner.getByRole("button", { name: act }).click()
      actions += 1
      // The simulator must have answered before time passes.
      await acted
      app.simulator.advance(60)
    }
    await expect(page.getByText("Available", { exact: true }).first()).toBeVisible()
    expect(actions).toBeLessThanOrEqual(most)
    const moved = JSON.stringify([untilPress.shifts, confirmed.shifts])
    expect(untilPress.total + confirmed.total, moved).toBeLessThanOrEqual(0.01)
  })
}

for (const { cloud, tab, most, act } of [
  { cloud: "AWS", tab: null, most: 6, act: "accept" },
  { cloud: "GCP", tab: "Google Cloud", most: 5, act: "create-reciprocal" },
  { cloud: "AZURE", tab: "Azure", most: 8, act: null },
] as const) {
  test(`a typed connection on ${cloud} takes at most ${most} actions from the New connection page`, async ({
    page,
    app,
  }) => {
    let actions = 0
    const acted = (done: Promise<void>) => {
      actions += 1
      return done
    }
    await page.goto(`${app.url}/projects/${projects.documentation}/connections/new`)
    if (tab !== null) await acted(openTab(page, tab))
    for (const [label, value] of Object.entries({ ...examples[cloud].fields, Reason: "NET-7 orders" }))
      await acted(page.getByLabel(label, { exact: true }).fill(value))
    if (cloud === "AZURE") {
      const role = page.getByRole("checkbox", { name: /^The role is assigned on/ })
      await acted(role.click())
      await expect(role).toBeChecked()
    }
    await acted(page.getByRole("button", { name: /^Create (container and )?connection$/ }).click())
    await page.waitForURL(/\/connections\/[0-9a-f]{24}$/)
    expect(actions).toBeLessThanOrEqual(most)

    app.simulator.advance(120)
    if (act !== null) app.simulator.cloudSide(page.url().replace(/.*\//, ""), act)
    app.simulator.advance(120)
    await expect(page.getByText("Available", { exact: true }).first()).toBeVisible()
  })
}
