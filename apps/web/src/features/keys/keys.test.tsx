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
  maskedId: "ab…wxyz",
  apiVersion: "v1.0",
  serves: "*",
  roles: [{ roleName: "GROUP_OWNER", projectId, orgId: null }],
  reach: [{ id: projectId, name: "payments-prod", keyMayCreate: "yes" }],
  shortcomings: [],
  accessList: ["10.0.0.0/8"],
  accessListSays: "It may be used from 10.0.0.0/8.",
  readsPolicies: "yes",
  problem: null,
  secret: null,
  checkedAt: "2026-11-24T10:00:00.000Z",
  deprecations: [],
  lowestLimit: null,
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
  readsPolicies: "yes",
  problem: {
    code: "atlas_address_refused",
    means: "Atlas takes the service account, but not from 192.0.2.7.",
    fix: "Add 192.0.2.7/32 to its own API access list.",
    addressSeen: "192.0.2.7",
    atlas: { status: 403, errorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST", detail: "Not on the list." },
  },
}
const untested: KeyReport = { ...refused, label: "new", problem: null, checkedAt: null }

const rowOf = (label: string) => screen.findByRole("row", { name: new RegExp(`^${label}`) })

describe("the keys", () => {
  test("each say whether they work, what they may do and where [G3]", async () => {
    mockBff.use(answer(apiUrls.keys(), { keys: [well], configurationProblem: null }))
    openApp(pagePaths.keys())
    const main = await rowOf("main")
    expect(main).toHaveTextContent(
      "mainPublic key ab…wxyz · API v1.0WorksDoes not expireCreate connections and containers",
    )
    for (const text of [
      "GROUP_OWNER on payments-prod",
      "Reads resource policies",
      "Default (all other projects)",
      "payments-prod",
      "It may be used from 10.0.0.0/8.",
      "10:00",
    ]) {
      expect(within(main).getByText(text)).toBeInTheDocument()
    }
  })

  test("two keys can be told apart by their label and their public key", async () => {
    mockBff.use(
      answer(apiUrls.keys(), {
        keys: [well, { ...lacking, maskedId: "ab…wxyy" }],
        configurationProblem: null,
      }),
    )
    openApp(pagePaths.keys())
    expect(await rowOf("main")).toHaveTextContent("ab…wxyz")
    expect(await rowOf("read-only")).toHaveTextContent("ab…wxyy")
  })

  test("say which API version Atlas will withdraw and when, and how much is left of a limit", async () => {
    const noticed: KeyReport = {
      ...well,
      deprecations: [
        {
          resource: "GET /groups/{id}/peers",
          deprecatedAt: "2026-01-01T00:00:00.000Z",
          sunsetAt: "2027-07-01T00:00:00.000Z",
        },
        { resource: "POST /groups/{id}/peers", deprecatedAt: null, sunsetAt: null },
      ],
      lowestLimit: {
        resource: "GET /groups/{id}/accessList",
        remaining: 1150,
        limit: 1200,
        seenAt: "2026-11-24T10:00:00.000Z",
      },
    }
    mockBff.use(
      answer(apiUrls.keys(), { keys: [noticed, { ...lacking, label: "other" }], configurationProblem: null }),
    )
    openApp(pagePaths.keys())
    expect(await rowOf("main")).toHaveTextContent("At least 1,150 of 1,200 leftGET /groups/{id}/accessList")
    expect(await rowOf("other")).toHaveTextContent("Not reported")
    const notice = screen.getByText("main: Atlas will withdraw the API version in use on 1 July 2027")
    expect(notice).toBeVisible()
    expect(screen.getByText("GET /groups/{id}/peers: until 1 July 2027")).toBeVisible()
    expect(screen.getByText("POST /groups/{id}/peers: no end date yet")).toBeVisible()
  })

  test("say when a secret ends, what to do about it, and which file can't be used", async () => {
    const ending: KeyReport = {
      ...well,
      kind: "service-account",
      secret: {
        expiresAt: "2026-11-29T10:00:00.000Z",
        lastUsedAt: "2026-11-24T09:00:00.000Z",
        other: {
          createdAt: "2026-11-22T10:00:00.000Z",
          expiresAt: "2027-11-22T10:00:00.000Z",
          lastUsedAt: null,
        },
        orgId: "5e9d7e2a1c5b4f0d8a3b6c11",
        replacedId: null,
        warning: "within-7-days",
        says: 'The secret of "main" expires in 5 days, on 2026-11-29.',
      },
    }
    const configurationProblem = "ATLAS_CREDENTIALS_FILE: the file must be an object"
    mockBff.use(answer(apiUrls.keys(), { keys: [ending], configurationProblem }))
    openApp(pagePaths.keys())
    const row = await rowOf("main")
    expect(row).toHaveTextContent("Secret expires soon")
    expect(row).toHaveTextContent("Until 29 Nov 2026Last used 24 Nov 2026")
    expect(row).toHaveTextContent("Second: until 22 Nov 2027, not used yet")
    expect(screen.getByText('The secret of "main" expires in 5 days, on 2026-11-29.')).toBeVisible()
    expect(screen.getByText("A changed configuration file can't be used")).toBeVisible()
    expect(screen.getByText(configurationProblem)).toBeVisible()
  })

  test("say what one lacks, in the words of the server", async () => {
    mockBff.use(
      answer(apiUrls.keys(), { keys: [{ ...lacking, readsPolicies: "no" }], configurationProblem: null }),
    )
    openApp(pagePaths.keys())
    expect(await rowOf("read-only")).toHaveTextContent("Missing rightsDoes not expireView connections")
    expect(await rowOf("read-only")).toHaveTextContent("Can't read resource policies. An organization owner")
    expect(screen.getByText('"read-only" cannot create connections in payments-prod.')).toBeVisible()
  })

  test("say why one can't be used, which list to fix, and the address that Atlas saw", async () => {
    mockBff.use(answer(apiUrls.keys(), { keys: [refused], configurationProblem: null }))
    openApp(pagePaths.keys())
    expect(await rowOf("elsewhere")).toHaveTextContent("Can't be used")
    expect(screen.getByText("Add 192.0.2.7/32 to its own API access list.")).toBeVisible()
    expect(screen.getByText("IP_ADDRESS_NOT_ON_ACCESS_LIST")).toBeVisible()
    expect(screen.getByRole("button", { name: "Copy address seen by Atlas" })).toBeVisible()
  })

  test("are tested now at the person's wish", async () => {
    mockBff.use(
      answer(apiUrls.keys(), { keys: [untested], configurationProblem: null }),
      http.post(apiUrls.testKeys(), () =>
        HttpResponse.json({ keys: [{ ...well, label: "new" }], configurationProblem: null }),
      ),
    )
    const { user } = openApp(pagePaths.keys())
    expect(await rowOf("new")).toHaveTextContent("Not tested yet")
    await user.click(screen.getByRole("button", { name: "Test now" }))
    expect(await screen.findByText("Works")).toBeVisible()
    expect(screen.getByText("All keys tested")).toBeInTheDocument()
  })

  test("one that Atlas could not test is not called unusable", async () => {
    const problem: KeyReport["problem"] = {
      code: "atlas_failed",
      means: "Atlas returned an error. The API key was not tested.",
      fix: null,
      addressSeen: null,
      atlas: { status: 500, errorCode: "UNEXPECTED_ERROR", detail: "Unexpected error." },
    }
    mockBff.use(
      answer(apiUrls.keys(), { keys: [well], configurationProblem: null }),
      http.post(apiUrls.testKeys(), () =>
        HttpResponse.json({ keys: [{ ...well, problem }], configurationProblem: null }),
      ),
    )
    const { user } = openApp(pagePaths.keys())
    await user.click(await screen.findByRole("button", { name: "Test now" }))
    expect(await screen.findByText(/The API key was not tested/)).toBeVisible()
    expect(await rowOf(well.label)).toHaveTextContent("Test failed")
    expect(screen.queryByText("All keys tested")).toBeNull()
    expect(screen.getByText("Not all keys could be tested")).toBeInTheDocument()
  })

  test("a test that fails leaves what was known", async () => {
    mockBff.use(
      answer(apiUrls.keys(), { keys: [well], configurationProblem: null }),
      http.post(apiUrls.testKeys(), () => HttpResponse.error()),
    )
    const { user } = openApp(pagePaths.keys())
    await rowOf("main")
    await user.click(screen.getByRole("button", { name: "Test now" }))
    expect(await screen.findByText("Can't reach the server")).toBeVisible()
    expect(await rowOf("main")).toBeVisible()
  })

  test("are for administrators only, and the refusal says whom to ask", async () => {
    mockBff.use(
      refuse(apiUrls.keys(), "forbidden", { status: 403, detail: "This needs that. Ask the platform team." }),
    )
    openApp(pagePaths.keys())
    expect(await screen.findByText("Only global administrators can view this")).toBeVisible()
    expect(screen.getByText("To see the state of the keys, ask the platform team.")).toBeVisible()
    expect(screen.queryByRole("button", { name: "Test now" })).toBeNull()
  })
})
