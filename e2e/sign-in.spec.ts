import { createButton, fillForm, openForm } from "./new-connection.ts"
import { expect, expectAccessible, projects, signIn, test } from "./story.ts"

test.describe("nobody is signed in", () => {
  test.use({ persona: null })

  test("a page asks to sign in, and after it one is where one wanted to be", async ({ page, desk }) => {
    const wanted = `${desk.url}/projects/${projects.payments}/connections`
    await page.goto(wanted)
    await expect(page.getByRole("heading", { name: "Sign in to see this page" })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole("link", { name: "Sign in" }).click()
    await page.getByRole("button", { name: "Olivia Marsh" }).click()
    await expect(page).toHaveURL(wanted)
    await expect(page.getByRole("heading", { name: "Connections", exact: true })).toBeVisible()
  })

  test("an address of another site is no place to come back to", async ({ page, desk }) => {
    await page.goto(`${desk.url}/sign-in?return=${encodeURIComponent("//evil.example/")}`)
    await page.getByRole("button", { name: "Olivia Marsh" }).click()
    await page.waitForURL(`${desk.url}/**`)
  })
})

test("a session that is ended elsewhere ends here at once; the draft stays, and so does the place", async ({
  page,
  desk,
  browser,
}) => {
  await openForm(page, desk.url, projects.documentation, "AWS")
  await fillForm(page, "AWS")
  const other = await (await browser.newContext()).newPage()
  await signIn(other, desk.url, "Olivia Marsh")
  await other.goto(`${desk.url}/sessions`)
  await other.getByRole("button", { name: /^End / }).first().click()

  await expect(page.getByText("Your session has ended").first()).toBeVisible()
  await page.getByRole("link", { name: "Sign in again" }).click()
  await page.getByRole("button", { name: "Olivia Marsh" }).click()
  await expect(page.getByLabel("VPC ID", { exact: true })).toHaveValue("vpc-0a1b2c3d4e5f60718")
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vpc-0a1b2c3d4e5f60718")
  await other.context().close()
})

test.describe("Victor, who looks only", () => {
  test.use({ persona: "Victor Lund" })

  test("sees the connections, and whom to ask for more", async ({ page, desk }) => {
    await page.goto(`${desk.url}/projects/${projects.payments}/connections`)
    await expect(page.getByText("vpc-078ac381aa90e1e63").first()).toBeVisible()
    await expect(page.getByText(/ask Olivia Marsh/)).toBeVisible()
    await expectAccessible(page)
  })
})

test.describe("Nadia, who may create in one project", () => {
  test.use({ persona: "Nadia Brandt" })

  test("is shown that project, and the others are not there", async ({ page, desk }) => {
    await page.goto(`${desk.url}/projects/${projects.payments}/connections`)
    await expect(page.getByRole("link", { name: "New connection" })).toBeVisible()
    await page.goto(`${desk.url}/projects/${projects.documentation}/connections`)
    await expect(page.getByText(/no such project/i).first()).toBeVisible()
  })
})

test.describe("Sam, the security reviewer", () => {
  test.use({ persona: "Sam Okafor" })

  test("reads the audit trail, and no project", async ({ page, desk }) => {
    await page.goto(`${desk.url}/audit`)
    await expect(page.getByRole("heading", { name: "Audit trail" })).toBeVisible()
    await expect(page.getByRole("row").getByText("Signed in").first()).toBeVisible()
    await page.goto(`${desk.url}/projects/${projects.payments}/connections`)
    await expect(page.getByText(/no such project/i).first()).toBeVisible()
  })
})

test.describe("Greta, who has no access", () => {
  test.use({ persona: "Greta Silva" })

  test("is told so calmly, and whom to ask", async ({ page, desk }) => {
    await page.goto(`${desk.url}/`)
    await expect(page.getByText(/Olivia Marsh/).first()).toBeVisible()
    await expectAccessible(page)
  })
})

test("a create is in the audit trail with its reason, and the trail is whole", async ({ page, desk }) => {
  await openForm(page, desk.url, projects.documentation, "GCP")
  await fillForm(page, "GCP")
  await createButton(page).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("checkout")

  await page.goto(`${desk.url}/audit`)
  await expect(page.getByText("PAY-212 checkout reads the ledger").first()).toBeVisible()
  await page.getByRole("button", { name: "Verify" }).click()
  await expect(page.getByText(/whole/i).last()).toBeVisible()
  await expectAccessible(page)
})

test("an administrator sees what each Atlas key may do", async ({ page, desk }) => {
  await page.goto(`${desk.url}/keys`)
  await expect(page.getByText("ORG_OWNER")).toBeVisible()
  await expectAccessible(page)
})
