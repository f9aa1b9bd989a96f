import { apiUrls, type Container, type Verdict } from "@peering-desk/shared-schemas"
import { fireEvent, screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { pagePaths } from "#shared/page-paths.ts"
import {
  answerContainers,
  answerCreates,
  answerPeers,
  bff,
  createButton,
  creates,
  fill,
  oneOfEach,
  openPage,
  peeringId,
  planHash,
  preflights,
  problem,
  projectId,
  rightAws,
  rightAwsRequest,
} from "./testing-page.tsx"

beforeEach(() => answerContainers(oneOfEach))
afterEach(() => vi.useRealTimers())

const panel = () => within(screen.getByRole("region", { name: "Will this work?" }))

async function openFilledPage() {
  const user = await openPage()
  await screen.findByRole("radio", { checked: true })
  await fill(user, rightAws)
  return user
}

/** The server's verdict once another connection has taken its place. */
function toNewerVerdict(): Verdict {
  return {
    status: "amber",
    checks: [
      {
        id: "quota",
        status: "amber",
        says: "No. 49 of 50",
        errorCode: null,
        field: null,
        restsOn: "payments",
      },
    ],
    plan: { steps: [] },
    suggestedFixes: [],
  }
}

describe("the verdict", () => {
  test("is there while the form is empty, and follows what is typed [B6]", async () => {
    const user = await openPage()
    expect(await panel().findByText("Nothing speaks against it so far")).toBeVisible()
    await fill(user, { "VPC CIDR": "10.8.4.0/24" })
    expect(await panel().findByText(/^Atlas would refuse this/)).toBeVisible()
    expect(panel().getByText("OVERLAPPING_ATLAS_CIDR_BLOCK")).toBeVisible()
    expect(screen.getByLabelText("VPC CIDR")).toHaveAccessibleDescription(/10.8.4.0\/24 overlaps/)
    await fill(user, { "VPC CIDR": "10.20.0.0/16" })
    await waitFor(() => expect(panel().queryByText(/^Atlas would refuse this/)).toBeNull())
  })

  test("of a whole form is confirmed by the server once nobody types, and its plan is what goes out", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    expect(await panel().findByText(/^Confirmed by the server at/)).toBeVisible()
    expect(preflights).toHaveLength(1)
    await user.click(panel().getByText("The exact JSON that Atlas gets"))
    expect(JSON.parse(panel().getByText(/"awsAccountId"/).textContent)).toEqual(rightAwsRequest)
    await user.click(createButton())
    await waitFor(() => expect(creates[0]).toMatchObject({ planHash, request: rightAwsRequest }))
    expect(preflights).toHaveLength(1)
  })

  test("that the server gives instead of creating shows beside the form, which keeps its content", async () => {
    const verdict = {
      status: "red" as const,
      checks: [
        {
          id: "quota" as const,
          status: "red" as const,
          says: "All 50 connections are used",
          errorCode: "PEER_MAXIMUM_REACHED",
          field: null,
          restsOn: "50 connections of payments",
        },
      ],
      plan: null,
      suggestedFixes: [],
    }
    answerCreates(problem("preflight_refused", 422, { preflight: { verdict, planHash: null } }))
    const user = await openFilledPage()
    await user.click(createButton())
    expect(await panel().findByText("All 50 connections are used")).toBeVisible()
    expect(await screen.findByRole("alert")).toHaveTextContent("Atlas would refuse this")
    expect(screen.getByLabelText("VPC ID")).toHaveValue(rightAws["VPC ID"])
  })

  test("does not outlive a change of the world that it speaks of", async () => {
    const made: Container = {
      providerName: "AWS",
      id: "507f1f77bcf86cd799439077",
      atlasCidrBlock: "10.60.0.0/22",
      provisioned: false,
      regionName: "EU_WEST_1",
    }
    answerCreates(problem("atlas_refused", 422, { made }))
    const user = await openFilledPage()
    await user.click(screen.getByRole("radio", { name: /A new container/ }))
    await fill(user, { "Atlas CIDR": "10.60.0.0/21", "Atlas region": "EU_WEST_1" })
    expect(await panel().findByText(/^Confirmed by the server at/)).toBeVisible()
    answerContainers([...oneOfEach, made])
    await user.click(createButton())
    expect(await panel().findByText("CONTAINER_ALREADY_EXISTS")).toBeVisible()
    expect(panel().queryByText(/^Confirmed by the server at/)).toBeNull()
  })

  test("that was shown is the one that goes out, whatever has changed since", async () => {
    const user = await openFilledPage()
    expect(await panel().findByText(/^Confirmed by the server at/)).toBeVisible()
    const newer = { verdict: toNewerVerdict(), planHash: "1e".repeat(32) }
    bff.use(http.post(apiUrls.preflight(projectId), () => HttpResponse.json(newer)))
    answerCreates(problem("plan_changed", 409, { preflight: newer }), "created")
    // As old as it gets: a verdict that is read again by itself is not the one that was seen.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 })
    await user.click(createButton())
    expect(await panel().findByText("No. 49 of 50")).toBeVisible()
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(2))
    expect(creates.map((create) => create.planHash)).toEqual([planHash, newer.planHash])
  })

  test("that nobody has seen sends nothing: it shows, and what goes out is what was seen", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    const newer = { verdict: toNewerVerdict(), planHash: "1e".repeat(32) }
    bff.use(http.post(apiUrls.preflight(projectId), () => HttpResponse.json(newer)))
    // Sooner than the server is asked by itself.
    fireEvent.input(screen.getByLabelText("VPC CIDR"), { target: { value: "10.20.0.0/17" } })
    fireEvent.click(createButton())
    expect(await screen.findByRole("alert")).toHaveTextContent("has changed since the plan was shown")
    expect(await panel().findByText("No. 49 of 50")).toBeVisible()
    expect(creates).toEqual([])
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]?.planHash).toBe(newer.planHash)
  })

  test("leads to a connection that stands in the way", async () => {
    answerPeers([{ ...rightAwsRequest, providerName: "AWS", id: peeringId, statusName: "FAILED" }])
    await openFilledPage()
    expect(await panel().findByText(/^Atlas would refuse this/)).toBeVisible()
    const links = panel().queryAllByRole("link")
    for (const link of links) expect(link).toHaveAttribute("href", pagePaths.connection(projectId, peeringId))
  })
})

describe("a new container", () => {
  test("is described in the form, goes out with the connection, and its fields come back after a reload", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    await user.click(screen.getByRole("radio", { name: /A new container/ }))
    await fill(user, { "Atlas CIDR": "10.60.0.0/21", "Atlas region": "EU_WEST_1" })
    await openPage()
    expect(await screen.findByLabelText("Atlas CIDR")).toHaveValue("10.60.0.0/21")
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]).toMatchObject({
      request: { containerId: "new" },
      newContainer: { providerName: "AWS", atlasCidrBlock: "10.60.0.0/21", regionName: "EU_WEST_1" },
    })
  })

  test("is understood by the place of its region, and Atlas gets its own name for it", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    await user.click(screen.getByRole("radio", { name: /A new container/ }))
    await fill(user, { "Atlas CIDR": "10.60.0.0/21", "Atlas region": "Frankfurt" })
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]?.newContainer).toMatchObject({ regionName: "EU_CENTRAL_1" })
  })

  test("for a region that has one offers that instead [C8] [C17]", async () => {
    const user = await openFilledPage()
    await user.click(screen.getByRole("radio", { name: /A new container/ }))
    await fill(user, { "Atlas CIDR": "10.60.0.0/21", "Atlas region": "US_EAST_1" })
    expect(await panel().findByText("CONTAINER_ALREADY_EXISTS")).toBeVisible()
    expect(
      screen.getByText(/a second one is refused and the block that is typed here comes to nothing/),
    ).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Reuse it" }))
    expect(screen.getByRole("radio", { name: /N. Virginia/ })).toBeChecked()
    expect(screen.queryByLabelText("Atlas CIDR")).toBeNull()
  })

  test("gets a block that nothing has yet", async () => {
    const user = await openFilledPage()
    await user.click(screen.getByRole("radio", { name: /A new container/ }))
    await user.click(screen.getByText("Find a free block"))
    await user.click(await screen.findByRole("button", { name: "Find a free /21" }))
    await user.click(screen.getByRole("button", { name: "Use it" }))
    expect(screen.getByLabelText<HTMLInputElement>("Atlas CIDR").value).toMatch(/\/21$/)
  })

  test("says what is wrong with it at its own fields, and nothing goes out", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    await user.click(screen.getByRole("radio", { name: /A new container/ }))
    await fill(user, { "Atlas CIDR": "10.60.0.1/21" })
    await user.click(createButton())
    await waitFor(() => expect(screen.getByLabelText("Atlas CIDR")).toHaveFocus())
    expect(screen.getByLabelText("Atlas region")).toBeInvalid()
    expect(creates).toHaveLength(0)
  })

  test("on Google Cloud serves every region, or those that are ticked [C12] [C13]", async () => {
    answerContainers(oneOfEach.filter(({ providerName }) => providerName !== "GCP"))
    answerCreates("created")
    const user = await openPage()
    await user.click(screen.getByRole("tab", { name: "GCP" }))
    await user.click(screen.getByRole("radio", { name: /A new container/ }))
    await fill(user, { "Atlas CIDR": "10.64.0.0/23" })
    await user.click(screen.getByText(/^Regions: every region \(the block has room for 2\)/))
    await user.click(screen.getByRole("checkbox", { name: /WESTERN_EUROPE/ }))
    await user.click(screen.getByRole("checkbox", { name: /EUROPE_WEST_2/ }))
    await fill(user, {
      "Google Cloud project ID": "my-project",
      "VPC network name": "default",
      Reason: "NET",
    })
    expect(await panel().findByText(/^Confirmed by the server at/)).toBeVisible()
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    expect(creates[0]?.newContainer).toEqual({
      providerName: "GCP",
      atlasCidrBlock: "10.64.0.0/23",
      regions: ["WESTERN_EUROPE", "EUROPE_WEST_2"],
    })
  })
})
