import { expect, projects, test } from "./scenario.ts"

test("eight tabs of one browser share one event stream, and all stay live", async ({
  page,
  context,
  app,
}) => {
  const list = `${app.url}/projects/${projects.payments}/connections`
  await page.goto(list)
  await expect(page.getByText("Live", { exact: true })).toBeVisible()
  // Counting starts once the first tab has its stream: the page shown after sign-in may have opened one before.
  let moreStreams = 0
  context.on("request", (request) => {
    if (request.url().includes("/api/events")) moreStreams += 1
  })
  const tabs = [page]
  for (let opened = 1; opened < 8; opened += 1) {
    const tab = await context.newPage()
    await tab.goto(list)
    await expect(tab.getByText("Live", { exact: true })).toBeVisible()
    tabs.push(tab)
  }

  const waiting = app.simulator.peers(projects.payments).find(({ status }) => status === "WAITING_FOR_USER")
  app.simulator.cloudSide(waiting?.id ?? "", "create-reciprocal")
  app.simulator.advance(25)
  for (const tab of tabs) {
    const row = tab.getByRole("row").filter({ has: tab.locator(`a[href$="${waiting?.id}"]`) })
    await expect(row.getByText("Available")).toBeVisible()
  }
  expect(moreStreams).toBe(0)

  // The tab that holds the stream closes. Another takes over and the rest stay live.
  await page.close()
  const second = tabs[1] ?? page
  const unaccepted = app.simulator
    .peers(projects.payments)
    .find(({ status }) => status === "PENDING_ACCEPTANCE")
  app.simulator.cloudSide(unaccepted?.id ?? "", "reject")
  const row = second.getByRole("row").filter({ has: second.locator(`a[href$="${unaccepted?.id}"]`) })
  await expect(row.getByText("Rejected")).toBeVisible()
  expect(moreStreams).toBe(1)
})
