import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { fill } from "#mock-bff/fields.ts"
import { answer, mockBff, runAudited } from "#mock-bff/mock-bff.ts"
import { useMockBff } from "#mock-bff/open-app.tsx"
import { openConnection } from "#mock-bff/open-connection.ts"
import { inOneProject, makePeering, makeSession, projectId } from "#mock-bff/samples.ts"

useMockBff()

const at = "2026-11-20T10:00:00.000Z"
const outside = {
  ...makePeering("AWS", { status: "AVAILABLE" }),
  origin: "adopted" as const,
  createdBy: "service account terraform-prod",
  createdAt: at,
  changedOutside: { by: "API key abcdefgh", at },
}
const managed = { ...outside, managedBy: "terraform-prod" }

async function listMenu({ user }: Awaited<ReturnType<typeof openConnection>>) {
  await user.click(screen.getByRole("button", { name: /^More actions/ }))
  return screen.getAllByRole("menuitem", { hidden: true }).map(({ textContent }) => textContent)
}

test("the connection page says who created and changed a connection in Atlas, and locks nothing", async () => {
  const app = await openConnection(outside)
  const main = screen.getByRole("main")
  expect(main).toHaveTextContent(/Created \S.* by service account terraform-prod/)
  expect(main).toHaveTextContent(/Changed by API key abcdefgh, /)
  expect(screen.queryByText(/^Managed by/)).toBeNull()
  expect(screen.getByRole("button", { name: "Edit" })).toBeVisible()
  expect(await listMenu(app)).toContain("Delete…")
})

test("the edit of a managed connection gives the lines for its code and can't be saved", async () => {
  const app = await openConnection(managed)
  expect(screen.getByText("Managed by terraform-prod")).toBeVisible()
  expect(await listMenu(app)).not.toContain("Delete…")
  await app.user.keyboard("{Escape}")
  await app.user.click(screen.getByRole("button", { name: "Edit in code" }))
  const dialog = screen.getByRole("dialog")
  expect(within(dialog).queryByRole("button", { name: /Save/ })).toBeNull()
  fill({ "VPC CIDR": "10.77.0.0/16" })
  expect(dialog).toHaveTextContent('- route_table_cidr_block = "10.20.0.0/16"')
  expect(dialog).toHaveTextContent('+ route_table_cidr_block = "10.77.0.0/16"')
})

test("an administrator unlocks a managed connection with a reason", async () => {
  const sent: unknown[] = []
  const override = { by: "Olivia Marsh", at, reason: "The pipeline is broken" }
  const unlocked = { ...managed, override }
  mockBff.use(
    runAudited("post", apiUrls.managedOverride(projectId, managed.id), unlocked, (body) => sent.push(body)),
  )
  const app = await openConnection(managed)
  await app.user.click(screen.getByRole("button", { name: "Unlock…" }))
  fill({ Reason: "The pipeline is broken" })
  await app.user.click(screen.getByRole("button", { name: "Unlock" }))
  expect(await screen.findByText("Managed by terraform-prod, unlocked")).toBeVisible()
  expect(screen.getByRole("main")).toHaveTextContent(/Olivia Marsh unlocked it .*The pipeline is broken/)
  expect(sent).toEqual([{ reason: "The pipeline is broken" }])
  expect(screen.getByRole("button", { name: "Edit" })).toBeVisible()
})

test("a requester can't unlock a managed connection and reads whom to ask", async () => {
  mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("requester"))))
  await openConnection(managed)
  expect(await screen.findByText(/To change it here, ask/)).toBeVisible()
  expect(screen.queryByRole("button", { name: "Unlock…" })).toBeNull()
})
