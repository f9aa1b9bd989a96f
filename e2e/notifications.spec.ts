import { createServer } from "node:http"
import { listen } from "@peering-desk/test-support/listen"
import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { expect, projects, test } from "./scenario.ts"

/** Receives webhooks, and keeps the body of each. */
async function openReceiver(): Promise<{ url: string; bodies: string[]; close: () => Promise<void> }> {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    let body = ""
    request.on("data", (part) => (body += String(part)))
    request.on("end", () => {
      bodies.push(body)
      response.writeHead(204).end()
    })
  })
  const { origin, close } = await listen(server)
  return { url: `${origin}/hook`, bodies, close }
}

const openView = (page: Page, title: string) =>
  page.getByRole("navigation", { name: "Views of notifications" }).getByRole("link", { name: title }).click()

test("a rejected request is in the inbox and at the webhook of a route, and every view is accessible", async ({
  page,
  app,
}) => {
  const receiver = await openReceiver()
  await page.goto(`${app.url}/notifications`)
  await expect(page.getByText("No notifications yet")).toBeVisible()
  await expectGoodInEveryView(page)
  await openView(page, "E-mail")
  await expect(page.getByText("This server can't send e-mail")).toBeVisible()
  await expectGoodInEveryView(page)

  await openView(page, "Routes")
  await page.getByRole("button", { name: "Add route" }).click()
  const form = page.getByRole("dialog")
  await form.getByRole("button", { name: "Add route" }).click()
  await expect(form.locator("[aria-invalid=true]").first()).toBeFocused()
  // Not stretched by the mistake beside it.
  await expect(form.getByLabel("Send to")).toHaveCSS("height", "36px")
  await expectGoodInEveryView(page)
  await form.getByLabel("Name").fill("Incident tool")
  await form.getByLabel("Address").fill(receiver.url)
  await form.getByRole("button", { name: "Add route" }).click()
  const made = page.getByRole("dialog", { name: /Incident tool/ })
  await expect(made.getByText(/^whsec_/)).toBeVisible()
  await expectGoodInEveryView(page)
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: "Send test to Incident tool" }).click()
  await expect(page.getByRole("row", { name: /Incident tool/ })).toContainText("Sent")
  await expectGoodInEveryView(page)
  expect(receiver.bodies).toHaveLength(1)

  const waiting = app.simulator
    .peers(projects.payments)
    .find(({ providerName, status }) => providerName === "AWS" && status === "PENDING_ACCEPTANCE")
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${waiting?.id}`)
  await expect(page.getByRole("region", { name: "Path" })).toBeVisible()
  app.simulator.cloudSide(waiting?.id ?? "", "reject")
  app.simulator.advance(120)
  await expect(page.getByText("Rejected", { exact: true }).first()).toBeVisible()

  await page.goto(`${app.url}/notifications`)
  await expect(page.getByRole("row", { name: /Failed/ })).toBeVisible()
  await expectGoodInEveryView(page)
  await openView(page, "Messages")
  // It gathers what else happens in the next seconds, unless somebody sends it now.
  const message = page.getByRole("row", { name: /1 failed/ })
  await message.getByRole("button", { name: /^Send (now|again)/ }).click()
  await expect(message).toContainText("Sent")
  await expectGoodInEveryView(page)
  expect(receiver.bodies.at(-1)).toContain(waiting?.id)
  await receiver.close()
})

test("the current tab of a narrow page is in view", async ({ page, app }) => {
  await page.setViewportSize({ width: 320, height: 700 })
  await page.goto(`${app.url}/notifications/messages`)
  const tabs = page.getByRole("navigation", { name: "Views of notifications" })
  const tab = tabs.getByRole("link", { name: "Messages" })
  await expect(tab).toBeVisible()
  const [row, current] = await Promise.all([tabs.boundingBox(), tab.boundingBox()])
  expect((current?.x ?? 0) + (current?.width ?? 0)).toBeLessThanOrEqual((row?.x ?? 0) + (row?.width ?? 0))
})
