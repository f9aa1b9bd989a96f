import { apiUrls, type ManagedKey } from "@peering-desk/shared-schemas"
import { screen, within } from "@testing-library/react"
import type { HttpHandler } from "msw"
import { expect, test } from "vitest"
import { fill } from "#mock-bff/fields.ts"
import { answer, listOf, mockBff, refuse, runAudited } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const terraform: ManagedKey = {
  key: "abcdefgh",
  name: "terraform-prod",
  by: "Olivia Marsh",
  at: "2026-11-20T10:00:00.000Z",
}

async function open(keys: ManagedKey[], ...first: HttpHandler[]) {
  mockBff.use(
    listOf([]),
    answer(apiUrls.presets(projectId), { presets: [] }),
    answer(apiUrls.projectHandOffs(projectId), { handOffs: [] }),
    answer(apiUrls.privateIpMode(projectId), { enabled: false }),
    ...first,
    answer(apiUrls.managedBy(projectId), { keys }),
  )
  const { user } = openApp(pagePaths.settings(projectId))
  const section = await screen.findByRole("region", { name: "Managed by" })
  return { user, section }
}

test("the settings list the keys of other tools, and an administrator adds and removes one", async () => {
  const sent: unknown[] = []
  mockBff.use(
    runAudited("post", apiUrls.managedBy(projectId), { keys: [terraform] }, (body) => sent.push(body)),
    runAudited("delete", apiUrls.managedKey(projectId, terraform.key), null, () => sent.push("removed")),
  )
  const { user, section } = await open([])
  expect(await within(section).findByText(/^No keys yet/)).toBeVisible()
  fill({ "Public key or client ID": "abcdefgh", Name: "terraform-prod" })
  await user.click(within(section).getByRole("button", { name: "List key" }))
  await user.click(await within(section).findByRole("button", { name: "Remove… terraform-prod" }))
  await user.click(screen.getByRole("button", { name: "Remove key" }))
  await expect.poll(() => sent).toEqual([{ key: "abcdefgh", name: "terraform-prod" }, "removed"])
})

test("a key that the server refuses is explained at its field", async () => {
  const fields = { key: "This is this server's own key" }
  mockBff.use(
    runAudited("post", apiUrls.managedBy(projectId), {
      problem: { code: "invalid_request", status: 400, fields },
    }),
  )
  const { user, section } = await open([terraform])
  await within(section).findByRole("button", { name: "List key" })
  fill({ "Public key or client ID": "simowner", Name: "us" })
  await user.click(within(section).getByRole("button", { name: "List key" }))
  expect(await within(section).findByText(fields.key)).toBeVisible()
})

test("a viewer reads the list and can't change it, and a failed read can be repeated", async () => {
  mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("viewer"))))
  const { section } = await open([terraform])
  expect(await within(section).findByText("terraform-prod")).toBeVisible()
  expect(within(section).queryByRole("button")).toBeNull()
})

test("keys that can't be read say why", async () => {
  const refused = refuse(apiUrls.managedBy(projectId), "store_unavailable", { status: 503 })
  const { section } = await open([], refused)
  expect(await within(section).findByRole("button", { name: "Try again" })).toBeVisible()
})
