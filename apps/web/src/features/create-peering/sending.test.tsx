import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { beforeEach, describe, expect, test } from "vitest"
import { pagePaths } from "#shared/page-paths.ts"
import {
  answerContainers,
  answerCreates,
  answerPeers,
  createButton,
  creates,
  fill,
  oneOfEach,
  openPage,
  peeringId,
  planHash,
  problem,
  projectId,
  rightAws,
  rightAwsRequest,
} from "./testing-page.tsx"

beforeEach(() => answerContainers(oneOfEach))

const created = () => expect(location.pathname).toBe(pagePaths.connection(projectId, peeringId))

async function openFilledPage() {
  const user = await openPage()
  await screen.findByRole("radio", { checked: true })
  await fill(user, rightAws)
  return user
}

function keys() {
  return creates.map(({ key }) => key)
}

describe("a right connection", () => {
  test("goes out once with its key, its page opens, and the draft is gone", async () => {
    answerCreates("created")
    const user = await openFilledPage()
    await user.click(createButton())
    await waitFor(created)
    expect(creates).toEqual([
      {
        key: expect.stringMatching(/^[\w-]{16,64}$/),
        request: rightAwsRequest,
        reason: rightAws.Reason,
        planHash,
      },
    ])
    await openPage()
    expect(screen.getByLabelText("VPC ID")).toHaveValue("")
    expect(screen.getByLabelText("Reason")).toHaveValue("")
  })

  test("a double click sends it once; until the answer the fields can be read and not changed", async () => {
    let answer: (answer: "created") => void = () => undefined
    answerCreates(new Promise((resolve) => (answer = resolve)))
    const user = await openFilledPage()
    await user.dblClick(createButton())
    await waitFor(() => expect(createButton()).toHaveTextContent("Creating…"))
    await user.click(createButton())
    await user.type(screen.getByLabelText("VPC ID"), "x{Enter}")
    expect(screen.getByLabelText("VPC ID")).toHaveValue(rightAws["VPC ID"])
    expect(screen.getByLabelText("VPC ID")).toBeEnabled()
    expect(screen.getByRole("tab", { name: "GCP" })).toHaveAttribute("aria-disabled", "true")
    answer("created")
    await waitFor(created)
    expect(creates).toHaveLength(1)
  })

  test("can be made by keyboard alone, in a tab reached with the arrows", async () => {
    answerCreates("created")
    const user = await openPage()
    await screen.findByRole("radio", { checked: true })
    await user.tab()
    expect(screen.getByRole("link", { name: "Connections" })).toHaveFocus()
    for (const name of ["Paste", "Presets", "Copy a link to this form"]) {
      await user.tab()
      expect(screen.getByRole("button", { name })).toHaveFocus()
    }
    await user.tab()
    await user.keyboard("{End}{ArrowLeft}")
    expect(screen.getByRole("tab", { name: "GCP" })).toHaveAttribute("aria-selected", "true")
    await user.tab()
    await user.keyboard("my-project")
    await user.tab()
    await user.keyboard("default")
    await user.tab()
    expect(screen.getByLabelText("Subnet ranges")).toHaveFocus()
    await user.tab()
    expect(screen.getByRole("radio", { name: /All regions/ })).toHaveFocus()
    await user.tab()
    await user.tab()
    await user.keyboard("because")
    await user.tab()
    // Only where there is no room for the verdict beside the form.
    expect(screen.getByRole("link", { name: "See why" })).toHaveFocus()
    await user.tab()
    expect(createButton()).toHaveFocus()
    await user.keyboard("{Enter}")
    await waitFor(created)
    expect(creates[0]?.request.providerName).toBe("GCP")
  })
})

describe("a refusal", () => {
  test("of fields lands on them, with the focus on the first; leaving them untouched keeps it", async () => {
    const fields = { routeTableCidrBlock: "It overlaps another peer's", vpcId: "It is taken" }
    answerCreates(
      problem("atlas_refused", 422, {
        fields,
        atlas: { status: 409, errorCode: "OVERLAPPING_CIDR_BLOCK", detail: "The CIDR block overlaps." },
      }),
    )
    const user = await openFilledPage()
    await user.click(createButton())
    const vpc = screen.getByLabelText("VPC ID")
    await waitFor(() => expect(vpc).toHaveFocus())
    expect(vpc).toHaveAccessibleDescription(/It is taken/)
    await user.tab()
    expect(screen.getByLabelText("VPC CIDR")).toHaveAccessibleDescription(/It overlaps another peer's/)
    expect(vpc).toBeInvalid()
    expect(screen.getByText("OVERLAPPING_CIDR_BLOCK")).toBeVisible()
    expect(screen.getByText("req-7")).toBeVisible()
    await user.type(vpc, "{Backspace}9")
    await waitFor(() => expect(vpc).toBeValid())
  })

  test("of anything else is told at the form in Atlas's words; nothing typed is lost", async () => {
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
    expect(screen.getByLabelText("VPC ID")).toHaveValue(rightAws["VPC ID"])
    expect(createButton()).toHaveTextContent("Create connection")
    await openPage()
    expect(screen.getByLabelText("VPC ID")).toHaveValue(rightAws["VPC ID"])
    expect(screen.queryByText("A request was sent and its answer was not seen")).toBeNull()
  })

  test("that we know is told with the project's own data, and leads to what is in the way", async () => {
    const twin = { ...rightAwsRequest, providerName: "AWS" as const, id: peeringId, statusName: "AVAILABLE" }
    const atlas = {
      status: 409,
      errorCode: "PEER_ALREADY_EXISTS",
      detail: "A peer with these values exists.",
    }
    answerCreates(problem("atlas_refused", 422, { atlas }))
    const user = await openFilledPage()
    expect(await screen.findByText(/^Confirmed by the server at/)).toBeVisible()
    // Made since, elsewhere.
    answerPeers([twin])
    await user.click(createButton())
    const alert = await screen.findByRole("alert")
    expect(alert).toHaveTextContent(
      "The VPC vpc-0a1b2c3d4e5f60718 of account 123456789012 has a connection already.",
    )
    expect(alert).toHaveTextContent("A peer with these values exists.")
    await waitFor(() => expect(alert).toHaveTextContent(`Connection ${peeringId} joins them: AVAILABLE`))
    const link = within(alert).getByRole("link", { name: "Open that connection" })
    expect(link).toHaveAttribute("href", pagePaths.connection(projectId, peeringId))
  })

  test("because the session ended keeps the form, offers the sign-in, and goes out under the same key after it", async () => {
    answerCreates(problem("not_signed_in", 401), "created")
    const user = await openFilledPage()
    await user.click(createButton())
    expect(await screen.findByRole("link", { name: "Sign in again" })).toHaveAttribute(
      "href",
      apiUrls.signIn({ return: pagePaths.newConnection(projectId) }),
    )
    expect(screen.getByLabelText("VPC ID")).toHaveValue(rightAws["VPC ID"])
    const later = await openPage()
    expect(screen.getByLabelText("Reason")).toHaveValue(rightAws.Reason)
    await later.click(createButton())
    await waitFor(created)
    expect(new Set(keys()).size).toBe(1)
  })

  test("of the reason lands on it", async () => {
    answerCreates(problem("invalid_request", 400, { fields: { reason: "Say more" } }))
    const user = await openFilledPage()
    await user.click(createButton())
    await waitFor(() => expect(screen.getByLabelText("Reason")).toHaveFocus())
    expect(screen.getByLabelText("Reason")).toHaveAccessibleDescription(/Say more/)
  })

  test("is an answer: what is changed after it goes out under a new key", async () => {
    answerCreates(problem("atlas_refused", 422), "created")
    const user = await openFilledPage()
    await user.click(createButton())
    await screen.findByRole("alert")
    await fill(user, { "VPC CIDR": "10.30.0.0/16" })
    await user.click(createButton())
    await waitFor(created)
    expect(new Set(keys()).size).toBe(2)
  })
})

describe("a lost answer", () => {
  test.each([
    ["Atlas's", problem("outcome_unknown", 504, { detail: "Atlas does not list it yet." })],
    ["one that is still awaited", problem("still_running", 409)],
    ["our own server's", "cut" as const],
  ])("%s is looked up under the same key until it is known", async (_, lost) => {
    answerCreates(lost, lost, "created")
    const user = await openFilledPage()
    await user.click(createButton())
    const alert = await screen.findByRole("alert")
    expect(alert).toHaveTextContent("vpc-0a1b2c3d4e5f60718")
    expect(screen.getByRole("link", { name: "All connections" })).toHaveAttribute(
      "href",
      pagePaths.connections(projectId),
    )
    const again = screen.getByRole("button", { name: "Check again" })
    await user.click(again)
    await waitFor(() => expect(creates).toHaveLength(2))
    await waitFor(() => expect(again).toHaveTextContent("Check again"))
    expect(again).toHaveFocus()
    await user.click(again)
    await waitFor(created)
    expect(new Set(keys()).size).toBe(1)
    expect(creates.map(({ request }) => request)).toEqual([rightAwsRequest, rightAwsRequest, rightAwsRequest])
  })

  test("is remembered over a reload with its key, and sending the same form again is the same request", async () => {
    answerCreates("cut", "created")
    const user = await openFilledPage()
    await user.click(createButton())
    await screen.findByRole("button", { name: "Check again" })
    const later = await openPage()
    expect(await screen.findByText("A request was sent and its answer was not seen")).toBeVisible()
    await later.click(createButton())
    await waitFor(created)
    expect(creates).toHaveLength(2)
    expect(new Set(keys()).size).toBe(1)
  })

  test("is remembered when the page was left before it came", async () => {
    answerCreates(new Promise(() => undefined))
    const user = await openFilledPage()
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    await openPage()
    expect(screen.getByText("A request was sent and its answer was not seen")).toBeVisible()
  })

  test("does not keep changed content from being a request of its own", async () => {
    answerCreates("cut", "created")
    const user = await openFilledPage()
    await user.click(createButton())
    await screen.findByRole("button", { name: "Check again" })
    await fill(user, { "VPC CIDR": "10.30.0.0/16" })
    await user.click(createButton())
    await waitFor(created)
    expect(new Set(keys()).size).toBe(2)
  })

  test.each(["not_signed_in", "too_many_requests", "shutting_down"] as const)(
    "is as open as before when looking again is turned away with %s",
    async (code) => {
      answerCreates("cut", problem(code, 429), "created")
      const user = await openFilledPage()
      await user.click(createButton())
      await user.click(await screen.findByRole("button", { name: "Check again" }))
      await waitFor(() => expect(creates).toHaveLength(2))
      const again = await screen.findByRole("button", { name: "Check again" })
      expect(screen.getByRole("alert")).toHaveTextContent("The request may have reached Atlas.")
      await user.click(again)
      await waitFor(created)
      expect(new Set(keys()).size).toBe(1)
    },
  )

  test("under another reason is another request", async () => {
    answerCreates("cut", "created")
    const user = await openFilledPage()
    await user.click(createButton())
    await screen.findByRole("button", { name: "Check again" })
    await fill(user, { Reason: "NET-43" })
    await user.click(createButton())
    await waitFor(created)
    expect(creates.map(({ reason }) => reason)).toEqual([rightAws.Reason, "NET-43"])
    expect(new Set(keys()).size).toBe(2)
  })

  test("is told as a refusal when looking again gets one", async () => {
    answerCreates("cut", problem("atlas_refused", 422))
    const user = await openFilledPage()
    await user.click(createButton())
    await user.click(await screen.findByRole("button", { name: "Check again" }))
    expect(await screen.findByText("Atlas refused the request")).toBeVisible()
    expect(screen.queryByRole("button", { name: "Check again" })).toBeNull()
  })

  test("starting over lets go of it", async () => {
    answerCreates("cut", "created")
    const user = await openFilledPage()
    await user.click(createButton())
    await screen.findByRole("button", { name: "Check again" })
    await user.click(screen.getByRole("button", { name: "Start over" }))
    expect(screen.queryByRole("button", { name: "Check again" })).toBeNull()
    await fill(user, rightAws)
    await user.click(createButton())
    await waitFor(created)
    expect(new Set(keys()).size).toBe(2)
  })
})
