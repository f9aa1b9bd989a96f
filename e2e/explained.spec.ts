import type { Page } from "@playwright/test"
import { expectGoodInEveryView } from "./accessible.ts"
import { failures } from "./failures.ts"
import { act, openStep, peered } from "./connection-page.ts"
import { createButton, fillForm, openForm } from "./new-connection.ts"
import * as refusals from "./refusals.ts"
import type { Refusal } from "./refusals.ts"
import type { RunningApp } from "./running-app.ts"
import { expect, projects, test } from "./scenario.ts"

const toFault = ([status, errorCode, detail]: Refusal) => ({
  fault: {
    status,
    ...(status === 429 && { retryAfter: 1 }),
    body: { error: status, errorCode, detail, parameters: [], reason: "No" },
  },
})

const toAtlasWords = ([status, errorCode, detail]: Refusal) =>
  `Atlas returned ${errorCode} (HTTP ${status}): ${detail}`

/** Expects a sentence about what happened, an action, the person's data and, below them, Atlas's unchanged words. */
async function expectExplained(page: Page, refusal: Refusal): Promise<void> {
  const [, errorCode, , todo, evidence] = refusal
  const words = toAtlasWords(refusal)
  const notice = page.getByText(words, { exact: true }).locator("..")
  // The page shows other sentences until the catalogue has loaded. A key's problem begins with its name.
  await expect(notice.locator("p").first()).toHaveText(/^(\S+: )?[A-Z0-9].* .*\.$/)
  await expect(notice).toContainText(todo)
  if (evidence !== undefined) await expect(notice).toContainText(evidence)
  const told = await notice.locator("p").allInnerTexts()
  const above = told.slice(0, told.indexOf(words))
  expect(above.length).toBeGreaterThanOrEqual(2)
  expect(above.join(" ")).not.toContain(errorCode)
}

/** Repeats an action on one page, refused in another way each time. */
async function meet(
  page: Page,
  app: RunningApp,
  match: { method: string; path: string },
  ways: readonly Refusal[],
  act: (turn: number) => Promise<void>,
): Promise<void> {
  for (const [turn, refusal] of ways.entries()) {
    app.simulator.addFault({ match, ...toFault(refusal), times: 1 })
    await act(turn)
    await expectExplained(page, refusal)
  }
}

async function openWorking(page: Page, app: RunningApp): Promise<string> {
  const peers = app.simulator.peers(projects.payments)
  const works = peers.find(({ providerName, status }) => providerName === "AWS" && status === "AVAILABLE")
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${works?.id}`)
  await expect(peered(page)).toBeVisible()
  return (await page.getByRole("heading", { level: 1 }).textContent()) ?? ""
}

test("every refusal of a create is explained at its form", async ({ page, app }) => {
  for (const cloud of ["GCP", "AZURE", "AWS"] as const) {
    await openForm(page, app.url, projects.documentation, cloud)
    await fillForm(page, cloud)
    await meet(page, app, { method: "POST", path: "/peers" }, refusals.toCreate[cloud], async (turn) => {
      await page.getByLabel("Reason", { exact: true }).fill(`PAY-212, asked ${turn + 1} times`)
      await createButton(page).click()
    })
    if (cloud === "AZURE") await expectGoodInEveryView(page)
  }
  expect(app.simulator.peers(projects.documentation)).toEqual([])
})

test("every refusal of an access list entry, a delete and a change is explained on the connection page", async ({
  page,
  app,
}) => {
  const name = await openWorking(page, app)
  await openStep(page, "access-list")
  await page.getByRole("button", { name: "Add another entry" }).click()
  const field = page.getByLabel("CIDR or security group")
  await field.fill("sg-0a1b2c3d4e5f60718")
  await page.getByLabel("Reason for the entry").fill("PAY-212 checkout reads the ledger")
  await meet(page, app, { method: "POST", path: "/accessList" }, refusals.toLetIn, () =>
    page.getByRole("button", { name: "Add to the access list" }).click(),
  )
  await page.getByRole("button", { name: "Go to the field" }).click()
  await expect(field).toBeFocused()

  await act(page, "Delete…")
  await page.getByLabel("Name", { exact: true }).fill(name)
  await page.getByLabel("Reason", { exact: true }).fill("PAY-300 the ledger moves")
  await meet(page, app, { method: "DELETE", path: "/peers/" }, refusals.toDelete, () =>
    page.getByRole("button", { name: "Delete connection" }).click(),
  )

  await page.keyboard.press("Escape")

  await act(page, "Edit")
  const cidr = page.getByRole("textbox", { name: "VPC CIDR" })
  await page.getByLabel("Reason", { exact: true }).fill("PAY-301 the VPC moves")
  await cidr.fill("10.15.0.0/16")
  await page.getByRole("button", { name: "Save changes" }).click()
  await expectExplained(page, refusals.provoked)
  await cidr.fill("10.77.0.0/16")
  await meet(page, app, { method: "PATCH", path: "/peers/" }, refusals.toChange, () =>
    page.getByRole("button", { name: "Save changes" }).click(),
  )
})

test("every refusal of a container and of peering-only mode is explained on its page", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/projects/${projects.emptySandbox}/containers`)
  await page.getByRole("button", { name: "New container" }).click()
  await page.getByRole("radio", { name: "AWS" }).click()
  // A free CIDR is prefilled once the addresses are known.
  await expect(page.getByLabel("Atlas CIDR")).not.toHaveValue("")
  await page.getByLabel("Atlas region").fill("EU_WEST_1")
  await page.getByLabel("Atlas CIDR").fill("10.8.0.0/21")
  await page.getByLabel("Reason").fill("NET-1 orders")
  const create = page.getByRole("button", { name: "Create container" })
  await meet(page, app, { method: "POST", path: "/containers" }, refusals.toMakeContainer, () =>
    create.click(),
  )

  await create.click()
  await expect(page.getByText("Container 10.8.0.0/21 in EU_WEST_1 created")).toBeVisible()
  await page.getByRole("button", { name: "Delete… 10.8.0.0/21" }).click()
  await page.getByLabel("Reason").fill("NET-2 not needed")
  await meet(page, app, { method: "DELETE", path: "/containers/" }, refusals.toDeleteContainer, () =>
    page.getByRole("button", { name: "Delete container" }).click(),
  )

  await page.goto(`${app.url}/projects/${projects.peeringOnly}/settings`)
  await page.getByRole("button", { name: "Switch off…" }).click()
  await page.getByLabel("Reason").fill("NET-4 nothing needs it")
  await meet(page, app, { method: "PATCH", path: "/privateIpMode" }, refusals.toSwitchMode, () =>
    page.getByRole("button", { name: "Switch off", exact: true }).click(),
  )
})

test("every refusal of a read and of a key test is explained on its page", async ({ page, app }) => {
  // An explanation reads the other projects' lists too, so all are refused from the beginning.
  for (const [projectId, refusal] of refusals.toRead) {
    const match = { method: "GET", path: `${projectId}/containers` }
    app.simulator.addFault({ match, ...toFault(refusal) })
  }
  for (const [projectId, refusal] of refusals.toRead) {
    await page.goto(`${app.url}/projects/${projectId}/containers`)
    await expectExplained(page, refusal)
  }

  const gone: Refusal = [410, "VERSION_GONE", "The version is gone.", "update the server"]
  app.simulator.addFault({ match: { method: "GET", path: "providerName=GCP" }, ...toFault(gone) })
  const peers = app.simulator.peers(projects.payments)
  const onGcp = peers.find(({ providerName }) => providerName === "GCP")
  await page.goto(`${app.url}/projects/${projects.payments}/connections/${onGcp?.id}`)
  await expectExplained(page, gone)

  app.simulator.clearFaults()
  await page.goto(`${app.url}/keys`)
  await expect(page.getByText("Works", { exact: true })).toBeVisible()
  for (const refusal of refusals.toTestKey) {
    app.simulator.clearFaults()
    app.simulator.addFault({ match: { method: "GET" }, ...toFault(refusal) })
    await page.getByRole("button", { name: "Test now" }).click()
    await expectExplained(page, refusal)
  }
})

test("every cause of a failed connection is explained on its page, with Atlas's words below", async ({
  page,
  app,
}) => {
  for (const cloud of ["AWS", "GCP", "AZURE"] as const) {
    const results = failures[cloud].map(({ peer }) => peer)
    app.simulator.addFault({
      match: { method: "GET", path: `providerName=${cloud}` },
      fault: { status: 200, body: { links: [], results, totalCount: results.length } },
    })
  }
  for (const { peer, what, todo, words, acts } of Object.values(failures).flat()) {
    await page.goto(`${app.url}/projects/${projects.documentation}/connections/${peer.id}`)
    await expect(page.getByText(what).first()).toBeVisible()
    await expect(page.getByText(todo)).toBeVisible()
    await expect(page.getByRole("list", { name: "Evidence" })).toContainText(
      words ?? "FAILED, without a reason",
    )
    for (const name of acts)
      await expect(
        page
          .getByRole("button", { name, exact: true })
          .or(page.getByRole("link", { name, exact: true }))
          .first(),
      ).toBeVisible()
  }
})
