import { expectGoodInEveryView } from "./accessible.ts"
import { createButton, fillForm, openForm, type Cloud } from "./new-connection.ts"
import { expect, projects, test } from "./scenario.ts"

const peering = 'ResourcePolicy::Action::"project.vpcPeering.modify"'
const forbidding = `forbid (principal, action == ${peering}, resource);`
const networks: Record<Cloud, string> = { AWS: "this VPC", GCP: "this network", AZURE: "this VNet" }

test("the form names the policy that forbids a network of each cloud, and nothing is sent", async ({
  page,
  app,
}) => {
  const name = "Networks of the regulated workloads in Europe"
  app.simulator.setPolicies([
    { name, description: "Ask the network team in #network-requests.", bodies: [forbidding] },
    { name: "Broken", bodies: ["forbid ("] },
  ])
  for (const cloud of ["AWS", "GCP", "AZURE"] as const) {
    await openForm(page, app.url, projects.documentation, cloud)
    await fillForm(page, cloud)
    const panel = page.getByRole("region", { name: "Plan and checks" })
    await expect(panel).toContainText(
      `Policy "${name}" forbids ${networks[cloud]}: Ask the network team in #network-requests.`,
    )
    await expect(panel).toContainText(`Policy "Broken" not checked: its text can't be parsed.`)
    if (cloud === "AWS") await expectGoodInEveryView(page)
  }
  expect(app.simulator.peers(projects.documentation)).toEqual([])
})

test("a create refused by a policy that was set a moment ago names the policy", async ({ page, app }) => {
  await openForm(page, app.url, projects.documentation, "GCP")
  await fillForm(page, "GCP")
  await page.getByLabel("Reason", { exact: true }).fill("PAY-212")
  await expect(page.getByRole("region", { name: "Plan and checks" })).toContainText("checks passed")
  app.simulator.setPolicies([{ name: "No peering", bodies: [forbidding] }])
  await createButton(page).click()
  // Before the server sends it or by Atlas, whichever hears of the policy first.
  await expect(page.getByText(/policy "No peering" forbids this/i).first()).toBeVisible()
})
