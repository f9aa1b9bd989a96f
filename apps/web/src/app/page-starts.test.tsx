import { routes } from "@peering-desk/shared-schemas"
import { waitFor } from "@testing-library/react"
import { delay, http } from "msw"
import { expect, test } from "vitest"
import { mockBff } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { projectId } from "#mock-bff/samples.ts"
import { approvalPatterns } from "#shared/approvals/approval-paths.ts"
import { pagePatterns } from "#shared/page-paths.ts"
import { pages } from "./page-starts.ts"

useMockBff()

const parameters: Record<string, string> = {
  projectId,
  peeringId: "6a150f0000000000000000a1",
  sequence: "1",
  approvalId: "a",
}
const fill = (url: string) => url.replaceAll(/:(\w+)/g, (_all, name: string) => parameters[name] ?? "")

test("the list of what pages start with has every page", () => {
  expect(new Set(pages.map(({ path }) => path))).toEqual(
    new Set([...Object.values(pagePatterns), ...Object.values(approvalPatterns)]),
  )
})

test.each(pages.filter(({ isOpen }) => isOpen !== true).map((page) => [page.path, page] as const))(
  "%s asks at once for every read that the server starts for it",
  async (path, { reads }) => {
    const asked = new Set<string>()
    const listen = ({ request: { url } }: { request: Request }) =>
      void asked.add(url.replace(location.origin, ""))
    mockBff.events.on("request:start", listen)
    // The frame reads the inventory too, and a page that knows of its failure reads no more.
    mockBff.use(http.get(routes.inventory.path, () => delay("infinite")))
    openApp(fill(path))
    await waitFor(() => expect([...asked]).toEqual(expect.arrayContaining(reads.map(fill))))
    mockBff.events.removeListener("request:start", listen)
  },
)
