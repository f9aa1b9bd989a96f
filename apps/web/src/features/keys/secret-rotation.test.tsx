import { apiUrls, type KeyReport, type NewSecretTests } from "@peering-desk/shared-schemas"
import { screen, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { describe, expect, test } from "vitest"
import { answer, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { formatAddSecret, formatDeleteSecret } from "./secret-commands.ts"

useMockBff()

const orgId = "5e9d7e2a1c5b4f0d8a3b6c11"
const secretId = "64b1f0a27c3d5e4f8a9b0c1d"
const account: KeyReport = {
  label: "main",
  kind: "service-account",
  maskedId: "mdb_sa_id_66…c51f",
  apiVersion: "2023-01-01",
  serves: "*",
  roles: [{ roleName: "GROUP_OWNER", projectId, orgId: null }],
  reach: [{ id: projectId, name: "payments-prod", keyMayCreate: "yes" }],
  shortcomings: [],
  accessList: [],
  accessListSays: null,
  readsPolicies: "yes",
  problem: null,
  secret: {
    expiresAt: "2027-11-29T10:00:00.000Z",
    lastUsedAt: null,
    other: null,
    orgId,
    replacedId: null,
    warning: null,
    says: null,
  },
  checkedAt: "2026-11-24T10:00:00.000Z",
  deprecations: [],
  lowestLimit: null,
}
const other = {
  createdAt: "2026-11-22T10:00:00.000Z",
  expiresAt: "2026-11-29T10:00:00.000Z",
  lastUsedAt: null,
}

async function open(secret: Partial<NonNullable<KeyReport["secret"]>> = {}) {
  const key = { ...account, secret: account.secret && { ...account.secret, ...secret } }
  mockBff.use(answer(apiUrls.keys(), { keys: [key], configurationProblem: null }))
  const { user } = openApp(pagePaths.keys())
  return { user, section: within(await screen.findByRole("region", { name: "Replace a secret" })) }
}

function answerTest(tests: NewSecretTests["tests"], configurationProblem: string | null = null) {
  mockBff.use(http.post(apiUrls.testNewSecrets(), () => HttpResponse.json({ tests, configurationProblem })))
}

describe("Replace a secret", () => {
  test("is not there for an API key", async () => {
    const key: KeyReport = { ...account, kind: "digest", secret: null }
    mockBff.use(answer(apiUrls.keys(), { keys: [key], configurationProblem: null }))
    openApp(pagePaths.keys())
    await screen.findByRole("row", { name: /^main/ })
    expect(screen.queryByRole("button", { name: "Test new secret" })).toBeNull()
  })

  test("has the command that makes a second secret", async () => {
    const { section } = await open()
    expect(section.getByText(/createOrgSecret/)).toHaveTextContent(`--orgId ${orgId}`)
    expect(section.queryByText(/deleteOrgSecret/)).toBeNull()
  })

  test("has the command that deletes the first secret once this server uses the second", async () => {
    const { section } = await open({ other, replacedId: secretId })
    expect(section.getByText(/deleteOrgSecret/)).toHaveTextContent(`--secretId ${secretId}`)
    expect(section.queryByText(/createOrgSecret/)).toBeNull()
  })

  test("offers no command while the newer of two secrets is not used", async () => {
    const { section } = await open({ other })
    expect(section.getByText(/it has two secrets, the most that Atlas allows/)).toBeVisible()
    expect(section.queryByText(/OrgSecret/)).toBeNull()
  })

  test.each([
    ["works", null, "main: the new secret works. It is used within ten seconds."],
    ["same", null, "main: the secret in the file is the one in use."],
    ["not-tested", null, /could not be tested\. The previous one stays in use/],
    ["refused", "invalid_client", /Atlas rejected the new secret\. The previous one stays in use/],
  ] as const)("says of a test with the result %s what follows", async (result, errorCode, says) => {
    const { user, section } = await open()
    const atlas = errorCode === null ? null : { status: 401, errorCode, detail: "No such client." }
    answerTest([{ label: "main", result, atlas }])
    await user.click(section.getByRole("button", { name: "Test new secret" }))
    const alert = await section.findByRole("alert")
    expect(alert).toHaveTextContent(says)
    expect(alert.textContent.includes("invalid_client (HTTP 401): No such client.")).toBe(errorCode !== null)
  })

  test("shows the errors of files that can't be used", async () => {
    const { user, section } = await open()
    answerTest([], "ATLAS_CLIENT_SECRET can't be read")
    await user.click(section.getByRole("button", { name: "Test new secret" }))
    expect(await section.findByRole("alert")).toHaveTextContent("ATLAS_CLIENT_SECRET can't be read")
  })

  test("says why a test failed", async () => {
    const { user, section } = await open()
    mockBff.use(http.post(apiUrls.testNewSecrets(), () => HttpResponse.error()))
    await user.click(section.getByRole("button", { name: "Test new secret" }))
    expect(await section.findByRole("alert")).toHaveTextContent("Can't reach the server")
  })
})

test("commands for secrets hold ids as their only values, and ask for unknown ones", () => {
  expect(formatAddSecret({ orgId: null })).toContain(`: "\${ATLAS_ORG_ID:?Set it to the organization ID}"`)
  expect(formatDeleteSecret({ orgId }, secretId)).toBe(
    `atlas api serviceAccounts deleteOrgSecret --version 2024-08-05 --orgId ${orgId} --clientId "\${ATLAS_CLIENT_ID:?Set it to the client ID}" --secretId ${secretId}`,
  )
})
