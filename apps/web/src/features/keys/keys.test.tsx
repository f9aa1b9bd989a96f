import { apiUrls, type KeyReport } from "@peering-desk/shared-schemas"
import { screen, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { describe, expect, test } from "vitest"
import { answer, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const well: KeyReport = {
  label: "main",
  kind: "digest",
  maskedId: "abcd••••",
  serves: "*",
  roles: [{ roleName: "GROUP_OWNER", projectId, orgId: null }],
  reach: [{ id: projectId, name: "payments-prod", keyMayCreate: "yes" }],
  shortcomings: [],
  accessList: ["10.0.0.0/8"],
  accessListSays: "It may be used from 10.0.0.0/8.",
  problem: null,
  checkedAt: "2026-11-24T10:00:00.000Z",
}
const lacking: KeyReport = {
  ...well,
  label: "read-only",
  reach: [{ id: projectId, name: "payments-prod", keyMayCreate: "no" }],
  shortcomings: [{ projectId, says: '"read-only" cannot create connections in payments-prod.' }],
}
const refused: KeyReport = {
  ...well,
  label: "elsewhere",
  kind: "service-account",
  serves: [projectId],
  roles: null,
  reach: null,
  accessList: null,
  accessListSays: null,
  problem: {
    code: "atlas_address_refused",
    means: "Atlas takes the service account, but not from 192.0.2.7.",
    fix: "Add 192.0.2.7/32 to its own API access list.",
    addressSeen: "192.0.2.7",
    atlas: { status: 403, errorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST", detail: "Not on the list." },
  },
}
const untested: KeyReport = { ...refused, label: "new", problem: null, checkedAt: null }

const card = (label: string) => screen.findByRole("region", { name: new RegExp(`^${label}`) })

describe("the keys", () => {
  test("each say whether they work, what they may do and where [G3]", async () => {
    mockBff.use(answer(apiUrls.keys(), { keys: [well] }))
    openApp(pagePaths.keys())
    const main = await card("main")
    for (const text of [
      "Works",
      "API key",
      "abcd••••",
      "GROUP_OWNER on payments-prod",
      "may create connections",
      "It may be used from 10.0.0.0/8.",
      "10:00",
    ]) {
      expect(within(main).getByText(text)).toBeVisible()
    }
  })

  test("say what one lacks, in the words of the server", async () => {
    mockBff.use(answer(apiUrls.keys(), { keys: [lacking] }))
    openApp(pagePaths.keys())
    expect(await card("read-only")).toHaveTextContent(
      '"read-only" cannot create connections in payments-prod.',
    )
    expect(screen.getByText("Role missing")).toBeVisible()
  })

  test("say why one can't be used, which list to fix, and the address that Atlas saw", async () => {
    mockBff.use(answer(apiUrls.keys(), { keys: [refused] }))
    openApp(pagePaths.keys())
    const elsewhere = await card("elsewhere")
    expect(elsewhere).toHaveTextContent("Add 192.0.2.7/32 to its own API access list.")
    expect(elsewhere).toHaveTextContent("IP_ADDRESS_NOT_ON_ACCESS_LIST")
    expect(within(elsewhere).getByRole("button", { name: "Copy address that Atlas saw" })).toBeVisible()
    expect(within(elsewhere).getByText("Can't be used")).toBeVisible()
  })

  test("are tested now at the person's wish", async () => {
    mockBff.use(
      answer(apiUrls.keys(), { keys: [untested] }),
      http.post(apiUrls.testKeys(), () => HttpResponse.json({ keys: [{ ...well, label: "new" }] })),
    )
    const { user } = openApp(pagePaths.keys())
    expect(await card("new")).toHaveTextContent("Not tested yet")
    await user.click(screen.getByRole("button", { name: "Test now" }))
    expect(await screen.findByText("Works")).toBeVisible()
    expect(screen.getByText("All keys were tested")).toBeInTheDocument()
  })

  test("a test that fails leaves what was known", async () => {
    mockBff.use(
      answer(apiUrls.keys(), { keys: [well] }),
      http.post(apiUrls.testKeys(), () => HttpResponse.error()),
    )
    const { user } = openApp(pagePaths.keys())
    await card("main")
    await user.click(screen.getByRole("button", { name: "Test now" }))
    expect(await screen.findByText("Can't reach the server")).toBeVisible()
    expect(await card("main")).toBeVisible()
  })

  test("are for administrators only, and the refusal says whom to ask", async () => {
    mockBff.use(
      refuse(apiUrls.keys(), "forbidden", { status: 403, detail: "This needs that. Ask the platform team." }),
    )
    openApp(pagePaths.keys())
    expect(await screen.findByText("Your role doesn't allow this")).toBeVisible()
    expect(screen.getByText("This needs that. Ask the platform team.")).toBeVisible()
    expect(screen.queryByRole("button", { name: "Test now" })).toBeNull()
  })
})
