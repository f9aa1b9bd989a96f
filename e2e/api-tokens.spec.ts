import { randomUUID } from "node:crypto"
import type { Page } from "@playwright/test"
import createClient from "openapi-fetch"
import { expectGoodInEveryView } from "./accessible.ts"
import type { components, paths } from "./api-types.d.ts"
import { expect, projects, test } from "./scenario.ts"
import { tabTo } from "./tab-to.ts"

const vpcId = "vpc-0a1b2c3d4e5f60718"
const wanted: components["schemas"]["CreatePeering"] = {
  reason: "Orders move to Atlas",
  request: {
    providerName: "AWS",
    containerId: "507f1f77bcf86cd799439011",
    accepterRegionName: "us-west-2",
    awsAccountId: "482913570264",
    routeTableCidrBlock: "10.50.0.0/16",
    vpcId,
  },
}

/** Creates a token by the keyboard alone, and returns what is shown once. */
async function createToken(page: Page, name: string, projectName: string): Promise<string> {
  await tabTo(page, page.getByRole("button", { name: "New token" }))
  await page.keyboard.press("Enter")
  const form = page.getByRole("dialog", { name: "New API token" })
  await expect(form.getByLabel("Name")).toBeFocused()
  await page.keyboard.press("Enter")
  await expect(form.getByText("Enter a name")).toBeVisible()
  await expectGoodInEveryView(page)
  await page.keyboard.type(name)
  await tabTo(page, form.getByLabel(projectName, { exact: true }))
  await page.keyboard.press("Space")
  await tabTo(page, form.getByLabel("Role"))
  await page.keyboard.type("Requester")
  await expect(form.getByLabel("Role")).toHaveValue("requester")
  await tabTo(page, form.getByRole("button", { name: "Create token" }))
  await page.keyboard.press("Enter")
  const done = page.getByRole("dialog", { name: `Token ${name} created` })
  const secret = await done.getByText(/^peeringdesk_\w{46}$/).innerText()
  await expect(done.getByText("Copy it now. You won't see it again.")).toBeVisible()
  await expectGoodInEveryView(page)
  await page.keyboard.press("Escape")
  await expect(page.getByRole("row", { name: new RegExp(`^${name}`) })).toBeVisible()
  await expect(page.getByText(secret)).toHaveCount(0)
  return secret
}

async function readProjectName(page: Page, url: string): Promise<string> {
  const answer = await page.request.get(`${url}/api/projects`)
  const { projects: all } = (await answer.json()) as { projects: { id: string; name: string }[] }
  return all.find(({ id }) => id === projects.documentation)?.name ?? ""
}

test("a script lists and creates connections with a token until it is revoked", async ({ page, app }) => {
  await page.goto(`${app.url}/tokens`)
  await expect(page.getByText("No API tokens yet")).toBeVisible()
  await expectGoodInEveryView(page)
  const secret = await createToken(page, "terraform", await readProjectName(page, app.url))

  // Generated from the OpenAPI document: no cookie, nothing that a browser adds.
  const script = createClient<paths>({
    baseUrl: app.url,
    headers: { authorization: `Bearer ${secret}` },
  })
  const list = async (projectId: string = projects.documentation) => {
    const path = { projectId }
    const { response, data } = await script.GET("/api/projects/{projectId}/peerings", { params: { path } })
    return [response.status, data?.peerings.length]
  }
  const create = async () => {
    const params = {
      path: { projectId: projects.documentation },
      header: { "idempotency-key": randomUUID() },
    }
    const { response } = await script.POST("/api/projects/{projectId}/peerings", { params, body: wanted })
    return response.status
  }
  expect(await list()).toEqual([200, 0])
  expect(await create()).toBe(201)
  expect(await list()).toEqual([200, 1])
  expect(await list(projects.payments)).toEqual([404, undefined])

  await page.goto(`${app.url}/audit`)
  await expect(page.getByRole("row", { name: new RegExp(`Create connection ${vpcId}`) })).toContainText(
    "Olivia Marsh (token terraform)",
  )
  await page.goto(`${app.url}/tokens?whose=everybody`)
  const row = page.getByRole("row", { name: /^terraform/ })
  await expect(row).toContainText("127.0.0.1")
  await row.getByRole("button", { name: "Revoke" }).click()
  await expectGoodInEveryView(page)
  await page.getByRole("button", { name: "Revoke token", exact: true }).click()
  await expect(row).toContainText("Revoked")
  await expectGoodInEveryView(page)
  expect(await list()).toEqual([401, undefined])
  expect(await create()).toBe(401)
})

test.describe("viewers", () => {
  test.use({ persona: "Victor Lund" })

  test("the page of API tokens says who may create them", async ({ page, app }) => {
    await page.goto(`${app.url}/tokens`)
    await expect(page.getByText("Only requesters and administrators can create API tokens")).toBeVisible()
    await expect(page.getByRole("button", { name: "New token" })).toHaveCount(0)
    await expectGoodInEveryView(page)
  })
})
