import { apiUrls } from "@peering-desk/shared-schemas"
import { screen } from "@testing-library/react"
import { expect, test } from "vitest"
import { mockBff, unreachable } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

test.each([
  ["the address map", pagePaths.addressSpace(), apiUrls.addressSpace({})],
  ["the table of CIDRs", pagePaths.addressBlocks(), apiUrls.addressSpace({})],
  ["the coverage page without its overview", pagePaths.addressCoverage(), apiUrls.overview()],
  ["the coverage of a project", pagePaths.addressCoverage(), apiUrls.peerings(projectId)],
  ["the audit log", pagePaths.audit(), apiUrls.audit({})],
  ["the page of Atlas keys", pagePaths.keys(), apiUrls.keys()],
])("%s offers another try when it can't be read", async (_, path, url) => {
  mockBff.use(unreachable(url))
  openApp(path)
  expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible()
  expect(screen.queryByRole("button", { name: "Load newer" })).toBeNull()
})
