import {
  apiUrls,
  approvalUrls,
  ChangeProjectSetting,
  type Approval,
  type Preset,
  type Problem,
  type ProjectHandOff,
} from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse, type HttpHandler } from "msw"
import { beforeEach, describe, expect, test } from "vitest"
import { fill } from "#mock-bff/fields.ts"
import { answer, listOf, mockBff, refuse, runAudited } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makePeering, makeSession, projectId, projects } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const preset: Preset = {
  id: "p1",
  name: "US production",
  draft: { providerName: "AWS", request: { awsAccountId: "482913570264", accepterRegionName: "us-east-1" } },
  by: "Nadia Brandt",
  at: "2026-11-20T10:00:00.000Z",
}
const link: ProjectHandOff = {
  id: "h1",
  for: "net-team@acme.example",
  madeBy: "Olivia Marsh",
  madeAt: "2026-11-23T10:00:00.000Z",
  expiresAt: "2026-11-28T15:24:00.000Z",
  revokedAt: null,
  revokedBy: null,
  openedCount: 3,
  lastOpenedAt: null,
  pressedCount: 0,
  lastPressedAt: null,
  peeringId: "1112222b3bf99403840e8934",
  name: "vpc-0a1b2c3d4e5f60718",
  providerName: "AWS",
}

let changes: unknown[]
let nextProblem: Problem | null
beforeEach(() => {
  changes = []
  nextProblem = null
})

function open({
  isOn = false,
  presets = [preset],
  handOffs = [link],
  session,
  first = [],
}: {
  isOn?: boolean
  presets?: Preset[]
  handOffs?: ProjectHandOff[]
  session?: object
  first?: HttpHandler[]
} = {}) {
  let enabled = isOn
  mockBff.use(
    ...first,
    answer(apiUrls.presets(projectId), { presets }),
    answer(apiUrls.projectHandOffs(projectId), { handOffs }),
    listOf([makePeering("AWS")]),
    http.get(apiUrls.privateIpMode(projectId), () => HttpResponse.json({ enabled })),
    http.patch(apiUrls.privateIpMode(projectId), async ({ request }) => {
      const body = ChangeProjectSetting.parse(await request.json())
      changes.push(body)
      if (nextProblem !== null) return HttpResponse.json(nextProblem, { status: nextProblem.status })
      enabled = body.enabled
      return HttpResponse.json({ enabled })
    }),
  )
  if (session !== undefined) mockBff.use(answer(apiUrls.session(), { ...session }))
  return openApp(pagePaths.settings(projectId)).user
}

const section = async (name: string) => within(await screen.findByRole("region", { name }))
const button = (name: string | RegExp) => screen.findByRole("button", { name })

describe("Peering-only mode", () => {
  test("is off, as recommended", async () => {
    open()
    const mode = await section("Peering-only mode")
    expect(await mode.findByText("Recommended")).toBeVisible()
    expect(mode.getByText("Clusters keep public and private addresses side by side.")).toBeVisible()
  })

  test("is switched off by an administrator, with the consequences and a reason", async () => {
    const user = open({ isOn: true })
    await user.click(await button("Switch off…"))
    expect(screen.getByText(/Clusters become reachable at their public addresses/)).toBeVisible()
    await waitFor(() => expect(screen.getByLabelText("Reason")).toHaveFocus())
    fill({ Reason: "nothing needs it" })
    await user.dblClick(screen.getByRole("button", { name: "Switch off" }))
    expect(await button("Switch on…")).toHaveFocus()
    expect(screen.getByText("Peering-only mode is off")).toBeInTheDocument()
    expect(changes).toEqual([{ enabled: false, reason: "nothing needs it" }])
  })

  test("asks for the same again after a lost answer, also where the page has read the change by then", async () => {
    const user = open({ isOn: true })
    let isLost = true
    mockBff.use(
      http.patch(apiUrls.privateIpMode(projectId), async ({ request }) => {
        if (!isLost) return
        isLost = false
        await request.json()
        mockBff.use(answer(apiUrls.privateIpMode(projectId), { enabled: false }))
        return HttpResponse.error()
      }),
    )
    await user.click(await button("Switch off…"))
    fill({ Reason: "nothing needs it" })
    await user.click(screen.getByRole("button", { name: "Switch off" }))
    expect(await screen.findByText("Clusters keep public and private addresses side by side.")).toBeVisible()
    expect(screen.getByRole("dialog", { name: "Switch peering-only mode off?" })).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Switch off" }))
    await waitFor(() => expect(changes).toEqual([{ enabled: false, reason: "nothing needs it" }]))
  })

  test("says before the switch that another person has to approve it", async () => {
    const approvals = [{ providerName: "AWS", action: "private-ip-mode", needs: "administrator" }]
    const held = projects.map((one) => ({ ...one, approvals }))
    const user = open({ isOn: true, first: [answer(apiUrls.projects(), { projects: held })] })
    await user.click(await button("Switch off…"))
    expect(await screen.findByText(/^Needs approval by an administrator other than you/)).toBeVisible()
    expect(screen.getByRole("button", { name: "Ask for approval" })).toBeVisible()
  })

  test("opens the request where the policy wants another person to approve the switch", async () => {
    const approval: Approval = {
      id: "a1",
      projectId,
      providerName: null,
      plan: { kind: "private-ip-mode-change", body: { enabled: false }, before: { enabled: true } },
      planHash: "0123456789abcdef".repeat(4),
      reason: "Peering doesn't need it",
      requestedBy: { name: "Olivia Marsh", email: null, token: null },
      requestedAt: "2026-11-24T08:00:00.000Z",
      expiresAt: "2026-11-27T08:00:00.000Z",
      needs: "administrator",
      state: "waiting",
      decidedBy: null,
      decidedAt: null,
      declineReason: null,
      peeringId: null,
      problem: null,
      may: { decide: false, withdraw: true },
      mayNotDecide: "own",
    }
    const user = open({
      isOn: true,
      first: [
        http.patch(apiUrls.privateIpMode(projectId), () => HttpResponse.json({ approval }, { status: 202 })),
        answer(approvalUrls.approval("a1"), { approval, check: null }),
      ],
    })
    await user.click(await button("Switch off…"))
    fill({ Reason: "Peering doesn't need it" })
    await user.click(screen.getByRole("button", { name: "Switch off" }))
    expect(await screen.findByRole("heading", { name: "Change peering-only mode off" })).toBeVisible()
    expect(screen.getByRole("row", { name: "Enabled yes no" })).toBeVisible()
  })

  test("explains why Atlas refuses to switch it off", async () => {
    const user = open({ isOn: true })
    await user.click(await button("Switch off…"))
    nextProblem = {
      type: "about:blank",
      title: "",
      status: 422,
      code: "atlas_refused",
      requestId: "req-7",
      detail: "Atlas switches the mode only while a project has no dedicated cluster.",
      atlas: { status: 400, errorCode: "CANNOT_UPDATE_PRIVATE_IP_MODE", detail: null },
    }
    fill({ Reason: "nothing needs it" })
    await user.click(screen.getByRole("button", { name: "Switch off" }))
    expect(await screen.findByRole("alert")).toHaveTextContent("no dedicated cluster")
  })

  test.each(["requester", "viewer"] as const)("tells a %s whom to ask", async (role) => {
    open({ isOn: true, session: makeSession(inOneProject(role)) })
    expect(
      await screen.findByText("Only administrators can switch it off. Ask the platform team."),
    ).toBeVisible()
    expect(screen.queryByRole("button", { name: /^Switch/ })).toBeNull()
  })

  test("can't be switched on over the newer API", async () => {
    const onV2 = projects.map((one) => ({ ...one, apiVersion: "2023-01-01" as const }))
    open({ first: [answer(apiUrls.projects(), { projects: onV2 })] })
    await waitFor(() => expect(screen.getByText("Atlas no longer allows switching it on.")).toBeVisible())
  })

  test("leaves the other settings alone when it can't be read", async () => {
    open({ first: [refuse(apiUrls.privateIpMode(projectId), "atlas_failed")] })
    expect(
      await (await section("Peering-only mode")).findByRole("button", { name: "Try again" }),
    ).toBeVisible()
    expect((await screen.findAllByText("US production"))[0]).toBeVisible()
  })
})

describe("Presets", () => {
  test("show their values and who saved them, and are deleted after a confirmation", async () => {
    const user = open()
    const list = within(await screen.findByRole("list", { name: "Presets" }))
    expect(list.getByRole("listitem")).toHaveTextContent(
      /US production.*4829 1357 0264 · us-east-1.*Nadia Brandt/,
    )
    mockBff.use(runAudited("delete", apiUrls.preset(projectId, "p1"), null, () => changes.push("p1")))
    await user.click(await button("Delete… US production"))
    mockBff.use(answer(apiUrls.presets(projectId), { presets: [] }))
    await user.click(await button("Delete preset"))
    expect(await screen.findByText(/No presets yet/)).toBeVisible()
    expect(changes).toEqual(["p1"])
  })

  test("are not deleted by a viewer", async () => {
    open({ session: makeSession(inOneProject("viewer")) })
    expect((await screen.findAllByText("US production"))[0]).toBeVisible()
    await waitFor(() => expect(screen.queryByRole("button", { name: /Delete|Revoke/ })).toBeNull())
  })
})

describe("Share links", () => {
  test("show their connection, recipient, maker and end, and are revoked after a confirmation", async () => {
    const user = open()
    const list = within(await screen.findByRole("list", { name: "Share links" }))
    await waitFor(() =>
      expect(list.getByRole("listitem")).toHaveTextContent(
        /vpc-0a1b2c3d4e5f60718.*net-team@acme\.example.*Olivia Marsh.*Opened 3 times.*Ends/,
      ),
    )
    const url = apiUrls.handOff(projectId, link.peeringId, link.id)
    mockBff.use(runAudited("delete", url, null, () => changes.push("h1")))
    await user.click(await button(/^Revoke the link of vpc-0a1b/))
    mockBff.use(answer(apiUrls.projectHandOffs(projectId), { handOffs: [] }))
    await user.click(await button("Revoke link"))
    expect(await screen.findByText(/No open share links/)).toBeVisible()
    expect(screen.getByText("Link revoked")).toBeInTheDocument()
    expect(changes).toEqual(["h1"])
  })
})

test("a project that the person may not see has one message instead of its settings", async () => {
  open({ first: [refuse(apiUrls.privateIpMode(projectId), "project_not_found", { status: 404 })] })
  expect(await screen.findByText("Project not found")).toBeVisible()
  expect(screen.queryByRole("region", { name: "Presets" })).toBeNull()
})
