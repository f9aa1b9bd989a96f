import { apiUrls, type BlastRadius } from "@peering-desk/shared-schemas"
import { act, screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { answer, runAudited, listOf, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { useMockBff } from "#mock-bff/open-app.tsx"
import { openConnection } from "#mock-bff/open-connection.ts"
import { containers, makePeering, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const aws = makePeering("AWS", { status: "AVAILABLE" })

const radius: BlastRadius = {
  confirmBy: "vpc-0a1b2c3d4e5f60718",
  lastAwsConnection: true,
  securityGroups: ["sg-0123456789abcdef0"],
  container: containers[0] ?? null,
  containerLeftWithoutPeers: true,
  sharing: [],
  recreateBy: null,
}

describe("Deleting", () => {
  const openDeletion = async (peering = aws, more: Partial<BlastRadius> = {}) => {
    mockBff.use(answer(apiUrls.blastRadius(projectId, peering.id), { ...radius, ...more }))
    const app = await openConnection(peering)
    await app.user.click(screen.getByRole("button", { name: /^More actions/ }))
    await app.user.click(screen.getByRole("menuitem", { name: "Delete…", hidden: true }))
    await screen.findByRole("button", { name: "Delete connection" })
    return app
  }
  const button = () => screen.getByRole("button", { name: "Delete connection" })

  test("lists the consequences first", async () => {
    await openDeletion()
    const main = screen.getByRole("dialog", { name: /^Delete/ })
    expect(main).toHaveTextContent("the project's last AWS connection")
    expect(main).toHaveTextContent("sg-0123456789abcdef0")
    expect(main).toHaveTextContent("192.168.248.0/21 stays. No other connection uses it")
    expect(main).toHaveTextContent("10.20.0.0/16 stays on the project's IP access list")
    expect(main).toHaveTextContent("can't be recreated from here")
  })

  test.each([
    [
      "AWS",
      aws,
      {
        providerName: "AWS",
        containerId: "507f1f77bcf86cd799439011",
        accepterRegionName: "us-east-1",
        awsAccountId: "123456789012",
        routeTableCidrBlock: "10.20.0.0/16",
        vpcId: "vpc-0a1b2c3d4e5f60718",
      },
      "The new request has to be accepted.",
    ],
    [
      "Azure",
      makePeering("AZURE"),
      {
        providerName: "AZURE",
        containerId: "507f1f77bcf86cd799439013",
        azureDirectoryId: "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
        azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
        resourceGroupName: "rg-crm",
        vnetName: "vnet-crm",
      },
      "It can be recreated with the same values.",
    ],
  ] as const)(
    "the deletion of a connection on %s links to the form with its values",
    async (_, peering, recreateBy, says) => {
      await openDeletion(peering, { recreateBy })
      const link = screen.getByRole("link", { name: "with the same values" })
      const { pathname, searchParams } = new URL(link.getAttribute("href") ?? "", "https://desk.example")
      expect(pathname).toBe(pagePaths.newConnection(projectId))
      const { providerName, containerId, ...own } = recreateBy
      expect(Object.fromEntries(searchParams)).toEqual({
        provider: providerName,
        container: containerId,
        ...own,
      })
      expect(link.closest("li")).toHaveTextContent(says)
    },
  )

  test("keeps the form when its consequences can't be read again after a pause of the network", async () => {
    const { queryClient, user } = await openDeletion()
    await user.type(screen.getByLabelText("Reason"), "PAY-300")
    mockBff.use(refuse(apiUrls.blastRadius(projectId, aws.id), "internal_error", { status: 500 }))
    const failed = () => queryClient.getQueryState(["blast-radius", projectId, aws.id])?.status
    act(() => {
      dispatchEvent(new Event("offline"))
      dispatchEvent(new Event("online"))
    })
    await waitFor(() => expect(failed()).toBe("error"))
    expect(screen.getByLabelText("Reason")).toHaveValue("PAY-300")
  })

  test("needs the typed name and a reason, then follows Atlas until the connection is gone", async () => {
    const { user, openStream, send } = await openDeletion()
    await waitFor(openStream)
    expect(button()).toHaveAttribute("aria-disabled", "true")
    expect(button()).toHaveAccessibleDescription("Type vpc-0a1b2c3d4e5f60718 to continue")
    await user.type(screen.getByLabelText("Name"), "vpc-0a1b2c3d4e5f60718")
    await user.type(screen.getByLabelText("Reason"), "PAY-300")
    const sent: unknown[] = []
    const closing = makePeering("AWS", {
      status: "TERMINATING",
      history: [...aws.history, { status: "TERMINATING", at: "2026-11-24T10:07:00.000Z" }],
    })
    mockBff.use(
      runAudited(
        "delete",
        apiUrls.peering(projectId, aws.id),
        { state: "closing", peering: closing },
        (body) => sent.push(body),
      ),
    )
    await user.click(button())
    expect(await screen.findByText("Atlas is deleting this connection.")).toBeVisible()
    expect(sent).toEqual([{ name: "vpc-0a1b2c3d4e5f60718", reason: "PAY-300" }])
    send({ event: "gone", data: { projectId, id: aws.id, at: "2026-11-24T10:08:00.000Z" } })
    expect(await screen.findByText("Showing the last known details.")).toBeVisible()
    expect(screen.queryByRole("dialog")).toBeNull()
  })

  test("the deletion of a connection that never worked threatens no application and needs no typed name", async () => {
    const rejected = makePeering("AWS", { status: "FAILED", peer: { errorStateName: "REJECTED" } })
    mockBff.use(answer(apiUrls.blastRadius(projectId, rejected.id), radius))
    const { user } = await openConnection(rejected)
    await user.click(screen.getByRole("button", { name: "Delete…" }))
    const dialog = within(await screen.findByRole("dialog", { name: /^Delete/ }))
    expect(await dialog.findByText(/It was never available, so no application loses access/)).toBeVisible()
    expect(dialog.queryByText(/lose access immediately|stop working/)).toBeNull()
    expect(dialog.queryByLabelText("Name")).toBeNull()
    await user.type(dialog.getByLabelText("Reason"), "PAY-302")
    const sent: unknown[] = []
    mockBff.use(
      runAudited(
        "delete",
        apiUrls.peering(projectId, rejected.id),
        { state: "gone", peering: null },
        (body) => sent.push(body),
      ),
    )
    await user.click(button())
    await waitFor(() => expect(sent).toEqual([{ name: radius.confirmBy, reason: "PAY-302" }]))
  })

  test("the deletion of a working connection warns of lost access, wants the typed name and can be cancelled", async () => {
    const { user } = await openDeletion()
    const dialog = within(screen.getByRole("dialog", { name: /^Delete/ }))
    expect(dialog.getByText(/lose access immediately. Routes to pcx-/)).toBeVisible()
    expect(dialog.getByLabelText("Name")).toBeVisible()
    await user.click(dialog.getByRole("button", { name: "Cancel" }))
    expect(screen.queryByRole("dialog")).toBeNull()
  })

  test("one that is gone already is shown as gone", async () => {
    const { user } = await openDeletion()
    await user.type(screen.getByLabelText("Name"), "vpc-0a1b2c3d4e5f60718")
    mockBff.use(runAudited("delete", apiUrls.peering(projectId, aws.id), { state: "gone", peering: null }))
    await user.click(button())
    expect(await screen.findByText("Showing the last known details.")).toBeVisible()
  })

  test("a refusal is told in plain words, with Atlas's below", async () => {
    const { user } = await openDeletion()
    await user.type(screen.getByLabelText("Name"), "vpc-0a1b2c3d4e5f60718")
    const atlas = {
      status: 403,
      errorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST",
      detail: "IP address 203.0.113.9 …",
    }
    mockBff.use(
      runAudited("delete", apiUrls.peering(projectId, aws.id), {
        problem: { code: "atlas_address_refused", status: 502, atlas },
      }),
    )
    await user.click(button())
    const alert = await screen.findByRole("alert")
    expect(alert).toHaveTextContent("IP_ADDRESS_NOT_ON_ACCESS_LIST (HTTP 403)")
    expect(alert).toHaveTextContent("req-1234")
    expect(alert).toHaveTextContent("Atlas saw this server at 203.0.113.9")
    expect(within(alert).getByRole("link", { name: "Atlas keys" })).toHaveAttribute("href", pagePaths.keys())
  })

  test.each([
    ["the line to it was cut", {}],
    [
      "it had an error of its own",
      { atlas: { status: 500, errorCode: "UNEXPECTED_ERROR", detail: "Unexpected error." } },
    ],
  ])("an unknown outcome, since %s, may be asked for once more", async (_, more) => {
    const { user } = await openDeletion()
    await user.type(screen.getByLabelText("Name"), "vpc-0a1b2c3d4e5f60718")
    const problem = { code: "outcome_unknown", status: 504, ...more }
    mockBff.use(runAudited("delete", apiUrls.peering(projectId, aws.id), { problem }))
    await user.click(button())
    const alert = await screen.findByRole("alert")
    await waitFor(() => expect(alert).toHaveTextContent(/deleted already.*Trying again is safe/))
    expect(alert).not.toHaveTextContent("The connection may exist")
  })
})

describe("Deleting and requesting again [1]", () => {
  const failed = makePeering("AWS", { status: "FAILED", peer: { errorStateName: "EXPIRED" } })
  const created = makePeering("AWS", { status: "INITIATING", peer: { id: "1112222b3bf99403840e8999" } })
  const openDialog = async () => {
    mockBff.use(answer(apiUrls.blastRadius(projectId, failed.id), radius))
    const app = await openConnection(failed)
    await app.user.click(screen.getByRole("button", { name: "Delete and request again" }))
    const dialog = within(screen.getByRole("dialog", { name: /^Delete .* and request again$/ }))
    await app.user.type(await dialog.findByLabelText("Reason"), "PAY-301")
    return { ...app, dialog, send: dialog.getByRole("button", { name: "Delete and request again" }) }
  }
  const url = apiUrls.requestAgain(projectId, failed.id)

  test("is one dialog with one reason, without a name to type, and leads to the new connection", async () => {
    const { user, send } = await openDialog()
    const sent: unknown[] = []
    mockBff.use(
      listOf([failed, created]),
      runAudited("post", url, created, (body) => sent.push(body)),
    )
    await user.click(send)
    await waitFor(() => expect(location.pathname).toBe(pagePaths.connection(projectId, created.id)))
    expect(sent).toEqual([{ name: "vpc-0a1b2c3d4e5f60718", reason: "PAY-301" }])
    expect(screen.queryByRole("dialog")).toBeNull()
  })

  test("has a Cancel button that changes nothing", async () => {
    const { user, dialog } = await openDialog()
    await user.click(dialog.getByRole("button", { name: "Cancel" }))
    expect(screen.queryByRole("dialog")).toBeNull()
  })

  test("keeps the dialog with the reason when the server refuses", async () => {
    const { user, send, dialog } = await openDialog()
    const problem = { code: "invalid_request", status: 400, fields: { reason: "Enter a reason" } } as const
    mockBff.use(runAudited("post", url, { problem }))
    await user.click(send)
    expect(await dialog.findByText("Enter a reason")).toBeVisible()
  })
})

test("Closing a dialog returns the focus to the button that opened it", async () => {
  const { user } = await openConnection(aws)
  const edit = screen.getByRole("button", { name: "Edit" })
  await user.click(edit)
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Close" }))
  expect(edit).toHaveFocus()
})

describe("Editing", () => {
  const openChange = async (peering = aws) => {
    const app = await openConnection(peering)
    await app.user.click(screen.getByRole("button", { name: "Edit" }))
    const put = async (label: string, value: string) => {
      await app.user.clear(screen.getByLabelText(label))
      await app.user.type(screen.getByLabelText(label), value)
    }
    return { ...app, put }
  }
  const newCidr = { routeTableCidrBlock: "10.30.0.0/16" }
  const answerChange = (outcome: object) => {
    const sent: unknown[] = []
    mockBff.use(runAudited("patch", apiUrls.peering(projectId, aws.id), outcome, (body) => sent.push(body)))
    return sent
  }

  test("a new CIDR shows before and after, is sent alone, and does not restart the connection", async () => {
    const { user, put } = await openChange()
    await put("VPC CIDR", "10.30.0.0/16")
    expect(
      within(screen.getByRole("list", { name: "What changes" })).getByRole("listitem"),
    ).toHaveTextContent("VPC CIDR: 10.20.0.0/16 → 10.30.0.0/16, no restart")
    await put("Reason", "PAY-301")
    const sent = answerChange(makePeering("AWS", { status: "AVAILABLE", peer: newCidr }))
    await user.click(screen.getByRole("button", { name: "Save changes" }))
    expect(await screen.findByText("Changed. Add 10.30.0.0/16 to the IP access list too.")).toBeVisible()
    expect(screen.queryByRole("dialog")).toBeNull()
    expect(sent).toEqual([{ change: newCidr, reason: "PAY-301" }])
  })

  test("a new account or VPC restarts the connection, and the dialog says what stops working", async () => {
    const { user, put } = await openChange()
    const main = screen.getByRole("main")
    const dialog = screen.getByRole("dialog")
    expect(dialog).toHaveTextContent("Changing the account or VPC restarts the connection")
    expect(dialog).toHaveTextContent("Routes to pcx-0f3a9188d2c41e07b stop working")
    await put("VPC ID", "vpc-0a1b2c3d4e5f60719")
    expect(screen.getByRole("list", { name: "What changes" })).toHaveTextContent("restarts the connection")
    await put("Reason", "PAY-301")
    const change = { vpcId: "vpc-0a1b2c3d4e5f60719" }
    const sent = answerChange(makePeering("AWS", { status: "INITIATING", peer: change }))
    await user.click(screen.getByRole("button", { name: "Save and restart" }))
    await waitFor(() => expect(main).toHaveTextContent("Requesting in AWS"))
    expect(screen.queryByRole("dialog")).toBeNull()
    expect(sent).toEqual([{ change, reason: "PAY-301" }])
  })

  test("an unknown outcome of a change asks to compare the values first", async () => {
    const { user, put } = await openChange()
    await put("VPC CIDR", "10.30.0.0/16")
    answerChange({ problem: { code: "outcome_unknown", status: 504 } })
    await user.click(screen.getByRole("button", { name: "Save changes" }))
    expect(await screen.findByRole("alert")).toHaveTextContent("The change may have been made")
  })

  test("all fields are sent when Atlas wants them and the person agrees to a restart", async () => {
    const { user, put } = await openChange()
    await put("VPC CIDR", "10.30.0.0/16")
    await put("Reason", "PAY-301")
    const atlas = { status: 400, errorCode: "MISSING_ATTRIBUTE", detail: "The required attribute vpcId …" }
    const detail = "Atlas wants every field. Sent with all of them, it starts the connection anew."
    answerChange({ problem: { code: "atlas_refused", status: 422, atlas, detail } })
    await user.click(screen.getByRole("button", { name: "Save changes" }))
    const offer = await screen.findByRole("button", { name: "Send every field and restart" })
    expect(screen.getByRole("alert")).toHaveTextContent(detail)
    const sent = answerChange(makePeering("AWS", { status: "INITIATING", peer: newCidr }))
    await user.click(offer)
    await waitFor(() => expect(screen.getByRole("main")).toHaveTextContent("Requesting in AWS"))
    expect(sent).toEqual([{ change: newCidr, startAnew: true, reason: "PAY-301" }])
  })

  test("a failed connection is restarted by any change", async () => {
    const failed = makePeering("AWS", { status: "FAILED", peer: { errorStateName: "REJECTED" } })
    const { user, put } = await openChange(failed)
    expect(screen.getByRole("dialog")).toHaveTextContent("Any change restarts the connection")
    await put("VPC CIDR", "10.30.0.0/16")
    await put("Reason", "PAY-301")
    const sent = answerChange(makePeering("AWS", { status: "INITIATING", peer: newCidr }))
    await user.click(screen.getByRole("button", { name: "Save and restart" }))
    await waitFor(() => expect(screen.getByRole("main")).toHaveTextContent("Requesting in AWS"))
    expect(sent).toEqual([{ change: newCidr, startAnew: true, reason: "PAY-301" }])
  })

  test("a refusal of a field is explained beside the field that has Atlas's words", async () => {
    const { user } = await openConnection(aws)
    await user.click(screen.getByRole("button", { name: "Edit" }))
    const cidr = screen.getByLabelText("VPC CIDR")
    await user.clear(cidr)
    await user.type(cidr, "10.30.0.0/16")
    await user.type(screen.getByLabelText("Reason"), "PAY-301")
    const detail = "The CIDR block 10.30.0.0/16 overlaps with another peer's CIDR block."
    const problem = {
      code: "atlas_refused",
      status: 422,
      fields: { routeTableCidrBlock: detail },
      atlas: { status: 409, errorCode: "OVERLAPPING_CIDR_BLOCK", detail },
    } as const
    mockBff.use(runAudited("patch", apiUrls.peering(projectId, aws.id), { problem }))
    await user.click(screen.getByRole("button", { name: "Save changes" }))
    const alert = await screen.findByRole("alert")
    await waitFor(() => expect(alert).toHaveTextContent(/^10.30.0.0\/16 overlaps another VPC/))
    expect(alert).toHaveTextContent(`OVERLAPPING_CIDR_BLOCK (HTTP 409): ${detail}`)
    expect(cidr).toHaveAccessibleDescription(`CIDR of the VPC · does not restart the connection ${detail}`)
    await user.click(within(alert).getByRole("button", { name: "Go to the field" }))
    expect(cidr).toHaveFocus()
  })

  test("a deleted connection offers the form with its values", async () => {
    const { user } = await openConnection(aws)
    await user.click(screen.getByRole("button", { name: "Edit" }))
    await user.type(screen.getByLabelText("VPC ID"), "9")
    await user.type(screen.getByLabelText("Reason"), "PAY-301")
    const atlas = { status: 404, errorCode: "PEER_NOT_FOUND", detail: "No peer with ID … exists." }
    const problem = { code: "peering_not_found", status: 404, atlas } as const
    mockBff.use(runAudited("patch", apiUrls.peering(projectId, aws.id), { problem }))
    await user.click(screen.getByRole("button", { name: "Save and restart" }))
    expect(await screen.findByRole("link", { name: "Recreate" })).toHaveAttribute(
      "href",
      expect.stringMatching(/connections\/new\?provider=AWS&.*vpcId=vpc-0a1b2c3d4e5f60718&/),
    )
  })

  test("a connection on another cloud than AWS is replaced in two steps", async () => {
    const { user } = await openConnection(makePeering("GCP"))
    await user.click(screen.getByRole("button", { name: "Replace" }))
    expect(screen.getByRole("link", { name: "Create the replacement" })).toHaveAttribute(
      "href",
      expect.stringContaining(
        "provider=GCP&gcpProjectId=acme-analytics&networkName=prod&container=507f1f77bcf86cd799439012",
      ),
    )
  })
})
