import { apiUrls, readAtlasPeer, type ChangeReason } from "@peering-desk/shared-schemas"
import { act, screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, describe, expect, test } from "vitest"
import { field, fill } from "#mock-bff/fields.ts"
import { adopted } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"
import {
  answerContainers,
  answerCreates,
  answerPeers,
  bff,
  createButton,
  creates,
  oneOfEach,
  openFilledPage,
  openPage,
  panel,
  peeringId,
  planHash,
  problem,
  projectId,
  rightAws,
  rightAwsRequest,
  useCreatePageBff,
} from "#features/create-peering/testing-page.tsx"

useCreatePageBff()

beforeEach(() => answerContainers(oneOfEach))

const created = () => expect(location.pathname).toBe(pagePaths.connection(projectId, peeringId))
const countKeys = () => new Set(creates.map(({ key }) => key)).size

describe("a valid peering", () => {
  test("goes out once with its key; its page opens and the draft is gone", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    await user.click(createButton())
    await waitFor(created)
    expect(creates).toEqual([
      {
        key: expect.stringMatching(/^[\w-]{16,64}$/),
        request: rightAwsRequest,
        networkBlocks: [rightAws["VPC CIDR"]],
        reason: rightAws.Reason,
        planHash,
      },
    ])
    await openPage()
    expect(field("VPC ID")).toHaveValue("")
    expect(field("Reason")).toHaveValue("")
  })

  test("fails at once without a network, and does not go out when the network is back", async () => {
    answerCreates("cut")
    const user = await openFilledPage()
    act(() => void window.dispatchEvent(new Event("offline")))
    try {
      fill({ "VPC CIDR": "10.30.0.0/16" })
      await user.click(createButton())
      await screen.findByRole("alert", {}, { timeout: 8000 })
      expect(createButton()).toHaveTextContent("Create connection")
    } finally {
      act(() => void window.dispatchEvent(new Event("online")))
    }
  })

  test("goes out once on a double click; until the answer the fields are read-only", async () => {
    let answer: (answer: "created") => void = () => undefined
    answerCreates(new Promise((resolve) => (answer = resolve)))
    const user = await openFilledPage()
    await user.dblClick(createButton())
    await waitFor(() => expect(createButton()).toHaveTextContent("Creating…"))
    await user.click(createButton())
    await user.type(field("VPC ID"), "x{Enter}")
    expect(field("VPC ID")).toHaveValue(rightAws["VPC ID"])
    expect(field("VPC ID")).toBeEnabled()
    expect(screen.getByRole("tab", { name: "Google Cloud" })).toHaveAttribute("aria-disabled", "true")
    answer("created")
    await waitFor(created)
    expect(creates).toHaveLength(1)
  })

  test("takes no pasted values until the answer", async () => {
    let answer: (answer: "created") => void = () => undefined
    answerCreates(new Promise((resolve) => (answer = resolve)))
    const user = await openFilledPage()
    await user.click(createButton())
    await waitFor(() => expect(createButton()).toHaveTextContent("Creating…"))
    await user.click(screen.getByLabelText("Paste to fill"))
    await user.paste("arn:aws:ec2:eu-west-1:999900001111:vpc/vpc-0fffffff")
    expect(screen.getByLabelText("Paste to fill")).toHaveValue("")
    answer("created")
    await waitFor(created)
  })

  test("takes no preset until the answer", async () => {
    const draft = { providerName: "AWS" as const, request: { vpcId: "vpc-0fffffff" } }
    const preset = { id: "preset-1", name: "Shared VPC", draft, by: "Nadia", at: "" }
    bff.use(http.get(apiUrls.presets(projectId), () => HttpResponse.json({ presets: [preset] })))
    let answer: (answer: "created") => void = () => undefined
    answerCreates(new Promise((resolve) => (answer = resolve)))
    const user = await openFilledPage()
    await user.click(screen.getByRole("button", { name: "Presets" }))
    const use = await screen.findByRole("button", { name: "Use Shared VPC" })
    await user.click(createButton())
    await waitFor(() => expect(createButton()).toHaveTextContent("Creating…"))
    await user.click(use)
    expect(use).toHaveAttribute("aria-disabled", "true")
    expect(field("VPC ID")).toHaveValue(rightAws["VPC ID"])
    answer("created")
    await waitFor(created)
  })
})

describe("a refused create", () => {
  test("shows field errors at the fields, with the focus on the first, until they are edited", async () => {
    const fields = { routeTableCidrBlock: "It overlaps another peer's", vpcId: "It is taken" }
    answerCreates(
      problem("atlas_refused", 422, {
        fields,
        atlas: { status: 409, errorCode: "OVERLAPPING_CIDR_BLOCK", detail: "The CIDR block overlaps." },
      }),
    )
    const user = await openFilledPage()
    await user.click(createButton())
    const vpc = field("VPC ID")
    await waitFor(() => expect(vpc).toHaveFocus())
    expect(vpc).toHaveAccessibleDescription(/It is taken/)
    await user.tab()
    expect(field("VPC CIDR")).toHaveAccessibleDescription(/It overlaps another peer's/)
    expect(vpc).toBeInvalid()
    expect(screen.getByText("OVERLAPPING_CIDR_BLOCK")).toBeInTheDocument()
    expect(screen.getByText("req-7")).toBeInTheDocument()
    await user.type(vpc, "{Backspace}9")
    await waitFor(() => expect(vpc).toBeValid())
  })

  test("shows other errors at the form in Atlas's words and loses nothing that was typed", async () => {
    answerCreates(
      problem("atlas_refused", 422, {
        fields: { clusterTier: "has no field here" },
        atlas: { status: 402, errorCode: "NO_PAYMENT_INFORMATION_FOUND", detail: "No payment information." },
      }),
    )
    const user = await openFilledPage()
    await user.click(createButton())
    const alert = await screen.findByRole("alert")
    expect(alert).toHaveTextContent("NO_PAYMENT_INFORMATION_FOUND")
    expect(alert).toHaveTextContent("No payment information.")
    expect(alert).toHaveTextContent("clusterTier: has no field here")
    expect(field("VPC ID")).toHaveValue(rightAws["VPC ID"])
    expect(createButton()).toHaveTextContent("Create connection")
    await openPage()
    expect(field("VPC ID")).toHaveValue(rightAws["VPC ID"])
    expect(screen.queryByText("Sent, but the answer was lost")).toBeNull()
  })

  test("explains a known refusal with the project's data and links to the peering in the way", async () => {
    const twin = { ...rightAwsRequest, id: peeringId, statusName: "AVAILABLE" }
    const atlas = {
      status: 409,
      errorCode: "PEER_ALREADY_EXISTS",
      detail: "A peer with these values exists.",
    }
    answerCreates(problem("atlas_refused", 422, { atlas }))
    const user = await openFilledPage()
    expect(await panel().findByText(/^No problems found|, \d not checked$/)).toBeVisible()
    // Created elsewhere since.
    answerPeers([twin])
    await user.click(createButton())
    const alert = await screen.findByRole("alert")
    expect(alert).toHaveTextContent(
      "VPC vpc-0a1b2c3d4e5f60718 of account 123456789012 already has a connection.",
    )
    expect(alert).toHaveTextContent("A peer with these values exists.")
    await waitFor(() => expect(alert).toHaveTextContent(`Connection ${peeringId}: AVAILABLE`))
    const link = within(alert).getByRole("link", { name: "Open that connection" })
    expect(link).toHaveAttribute("href", pagePaths.connection(projectId, peeringId))
  })

  test("keeps the form when the session ended and goes out under the same key after the sign-in", async () => {
    answerCreates(problem("not_signed_in", 401), "created")
    const user = await openFilledPage()
    await user.click(createButton())
    expect(await screen.findByRole("link", { name: "Sign in again" })).toHaveAttribute(
      "href",
      apiUrls.signIn({ return: pagePaths.newConnection(projectId) }),
    )
    expect(field("VPC ID")).toHaveValue(rightAws["VPC ID"])
    const later = await openPage()
    expect(field("Reason")).toHaveValue(rightAws.Reason)
    await later.click(createButton())
    await waitFor(created)
    expect(countKeys()).toBe(1)
  })

  test("shows an error of the reason at its field", async () => {
    answerCreates(problem("invalid_request", 400, { fields: { reason: "Say more" } }))
    const user = await openFilledPage()
    await user.click(createButton())
    await waitFor(() => expect(field("Reason")).toHaveFocus())
    expect(field("Reason")).toHaveAccessibleDescription(/Say more/)
  })

  test("the refusal of a create leaves the page while the form is sent again", async () => {
    let answer: (answer: "created") => void = () => undefined
    answerCreates(problem("atlas_refused", 422), new Promise((resolve) => (answer = resolve)))
    const user = await openFilledPage()
    await user.click(createButton())
    await screen.findByRole("alert")
    await user.click(createButton())
    await waitFor(() => expect(createButton()).toHaveTextContent("Creating…"))
    expect(screen.queryByRole("alert")).toBeNull()
    answer("created")
    await waitFor(created)
  })

  test("goes out under a new key after a change", async () => {
    answerCreates(problem("atlas_refused", 422), "created")
    const user = await openFilledPage()
    await user.click(createButton())
    await screen.findByRole("alert")
    fill({ "VPC CIDR": "10.30.0.0/16" })
    await user.click(createButton())
    await waitFor(created)
    expect(countKeys()).toBe(2)
  })
})

describe("a container that was created before its peering was refused", () => {
  const made = {
    providerName: "AWS" as const,
    id: "6746ceedaef48d1cb265896b",
    atlasCidrBlock: "10.64.0.0/21",
    regionName: "EU_WEST_1",
  }

  async function openRefused() {
    answerCreates(problem("plan_changed", 409, { made }))
    const user = await openPage("?provider=AWS&container=new&atlasCidrBlock=10.60.0.0%2F21&region=EU_WEST_1")
    await screen.findByLabelText("Atlas CIDR")
    fill({ ...rightAws, Region: "eu-west-1" })
    expect(await panel().findByText(/^No problems found|, \d not checked$/)).toBeVisible()
    answerContainers([...oneOfEach, made])
    await user.click(createButton())
    expect(await screen.findByText("Container 10.64.0.0/21 in EU_WEST_1 was created")).toBeVisible()
    return user
  }

  test("is shown with the requested and the actual CIDR, and can be reused", async () => {
    const user = await openRefused()
    expect(screen.getByText(/^Requested/)).toHaveTextContent("Requested 10.60.0.0/21, received 10.64.0.0/21")
    await user.click(screen.getByRole("button", { name: "Reuse container" }))
    expect(await screen.findByRole("radio", { name: /Ireland/ })).toBeChecked()
  })

  test("can be deleted with a reason", async () => {
    const deleted: string[] = []
    bff.use(
      http.delete(`${apiUrls.containers(projectId)}/:id`, async ({ params, request }) => {
        const { reason } = (await request.json()) as ChangeReason
        deleted.push(`${String(params["id"])} ${new URL(request.url).search} ${reason}`)
        return new HttpResponse(null, { status: 204 })
      }),
    )
    const user = await openRefused()
    const sends = creates.length
    const reason = screen.getByLabelText("Reason to delete it")
    await user.click(reason)
    await user.paste("x".repeat(201))
    await user.click(screen.getByRole("button", { name: "Delete container" }))
    expect(reason).toHaveValue("x".repeat(201))
    expect(reason).toHaveAccessibleDescription("Use at most 200 characters")
    await user.clear(reason)
    await user.type(reason, "the wrong block{Enter}")
    expect(await screen.findByText(/^Container 10.64.0.0\/21 .*deleted$/)).toBeVisible()
    expect(deleted).toEqual([`${made.id} ?providerName=AWS the wrong block`])
    expect(creates).toHaveLength(sends)
  })
})

describe("a form that corrects a failed connection", () => {
  const failedId = "1112222b3bf99403840e8999"
  const raw = { ...rightAwsRequest, id: failedId, statusName: "FAILED", errorStateName: "INVALID_ARGUMENT" }
  const peer = readAtlasPeer(raw, "AWS")!
  const failed = {
    ...adopted,
    projectId,
    id: failedId,
    peer,
    raw,
    beginSeen: true,
    history: [{ status: "FAILED", at: "2026-11-24T10:04:00.000Z" }],
  }
  const { providerName: provider, containerId: container, ...fields } = rightAwsRequest
  const openCorrection = async () => {
    answerPeers([peer])
    answerCreates("created")
    bff.use(
      http.get(apiUrls.peerings(projectId), () =>
        HttpResponse.json({ projectId, peerings: [failed], watches: [] }),
      ),
    )
    const user = await openPage(
      `?${new URLSearchParams({ provider, container, ...fields, replaces: failedId })}`,
    )
    fill({ Reason: rightAws.Reason })
    return user
  }
  const send = () => screen.findByRole("button", { name: "Delete failed one and create" })

  test("says which one it deletes first and why that failed, and sends nothing with the refused values", async () => {
    const user = await openCorrection()
    expect(await screen.findByText(`Replaces the failed connection ${fields.vpcId}`)).toBeVisible()
    expect(await screen.findByText(/account, VPC and region don't match/)).toBeVisible()
    await waitFor(async () =>
      expect(await send()).toHaveAccessibleDescription(
        "These values were refused before. Correct at least one.",
      ),
    )
    await user.click(await send())
    expect(creates).toEqual([])
  })

  test("sends the corrected values with the id of the one that they replace, also after a reload", async () => {
    await openCorrection()
    await screen.findByText(/account, VPC and region don't match/)
    const user = await openPage()
    fill({ "VPC ID": "vpc-0a1b2c3d4e5f60799" })
    await waitFor(async () => expect(await send()).not.toHaveAttribute("aria-disabled", "true"))
    await user.click(await send())
    await waitFor(created)
    expect(creates).toMatchObject([
      { request: { ...rightAwsRequest, vpcId: "vpc-0a1b2c3d4e5f60799" }, replaces: failedId },
    ])
  })

  test("keeps the failed connection on request, and after another link", async () => {
    const user = await openCorrection()
    await user.click(await screen.findByRole("button", { name: "Keep the failed connection" }))
    await waitFor(() => expect(screen.queryByText(/^Replaces the failed/)).toBeNull())
    expect(createButton()).toHaveTextContent("Create connection")
    await openCorrection()
    await screen.findByText(/^Replaces the failed/)
    await openPage(`?${new URLSearchParams({ provider, vpcId: "vpc-0a1b2c3d4e5f60700" })}`)
    await waitFor(() => expect(screen.queryByText(/^Replaces the failed/)).toBeNull())
  })
})
