import { apiUrls, type Cluster } from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { beforeEach, describe, expect, test } from "vitest"
import { answer, listOf, mockBff, refuse } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makePeering, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const ledger: Cluster = {
  id: "c1",
  name: "ledger",
  stateName: "IDLE",
  paused: false,
  isDedicated: true,
  regions: [
    { providerName: "AWS", regionName: "US_EAST_1" },
    { providerName: "AWS", regionName: "EU_WEST_1" },
  ],
  connectionStrings: {
    standard: "mongodb://ledger-shard-00-00.k3v9x.mongodb.net:27017",
    standardSrv: "mongodb+srv://ledger.k3v9x.mongodb.net",
  },
}
const withPrivate = { ...ledger.connectionStrings, privateSrv: "mongodb+srv://ledger-pri.k3v9x.mongodb.net" }
const playground: Cluster = { ...ledger, id: "c2", name: "playground", isDedicated: false, regions: [] }
const starting: Cluster = {
  ...ledger,
  id: "c3",
  name: "orders",
  stateName: "CREATING",
  connectionStrings: {},
}

let enabled: boolean
beforeEach(() => {
  enabled = false
})

/** Opens the row of the clusters. */
async function openCluster({ user }: ReturnType<typeof openApp>) {
  await screen.findByRole("list", { name: "Stops" })
  const toggle = document.getElementById("stop-cluster")!
  await user.click(toggle)
  return within(toggle.closest("li")!)
}

/** Opens a connection on AWS that works, with the row of its clusters. */
async function open({ session = {} }: { session?: object } = {}) {
  const peering = makePeering("AWS", { status: "AVAILABLE" })
  mockBff.use(
    listOf([peering]),
    http.get(apiUrls.clusters(projectId), () =>
      HttpResponse.json({
        clusters: [enabled ? { ...ledger, connectionStrings: withPrivate } : ledger, starting, playground],
      }),
    ),
    http.get(apiUrls.customDns(projectId), () => HttpResponse.json({ enabled })),
    http.patch(apiUrls.customDns(projectId), async ({ request }) => {
      ;({ enabled } = (await request.json()) as { enabled: boolean })
      return HttpResponse.json({ enabled })
    }),
    answer(apiUrls.session(), { ...makeSession(), ...session }),
  )
  const app = openApp(pagePaths.connection(projectId, peering.id))
  const connect = await openCluster(app)
  await connect.findByText(/^Custom DNS/)
  return { ...app, connect }
}

describe("The row of the clusters", () => {
  test("shows the clusters behind a connection, the string to copy, and why the others are missing [A5] [F3]", async () => {
    const { user, connect } = await open()
    expect(connect.getAllByRole("radio")).toHaveLength(2)
    expect(connect.getByRole("radio", { name: /ledger.*EU_WEST_1 out of reach/ })).toBeChecked()
    const line = screen.getByText("String for ledger, works once the path does").closest("div")!
    await user.click(within(line).getByRole("button", { name: "Copy string" }))
    expect(await navigator.clipboard.readText()).toBe(ledger.connectionStrings.standardSrv)
    expect(connect.getByText(/With your own DNS servers/)).toBeVisible()
    await user.click(connect.getByRole("radio", { name: /orders/ }))
    expect(connect.getByText("Not ready yet").closest("p")).toHaveTextContent(
      "Atlas is creating the cluster.",
    )
    await user.click(connect.getByText("1 other cluster"))
    expect(connect.getByText(/can't be peered/)).toBeVisible()
  })

  test("enables custom DNS with its consequences, and then shows the private string", async () => {
    const { user, connect } = await open()
    const summary = connect.getByText(/^Custom DNS/)
    expect(summary).toHaveTextContent("Custom DNS: Off")
    await user.click(summary)
    await user.click(connect.getByRole("button", { name: "Enable custom DNS…" }))
    const dialog = within(screen.getByRole("dialog", { name: "Enable custom DNS?" }))
    expect(dialog.getByText("Strings that are in use stay as they are.")).toBeVisible()
    await user.type(dialog.getByLabelText("Reason"), "Own DNS servers")
    await user.click(dialog.getByRole("button", { name: "Enable custom DNS" }))
    expect(await screen.findByText(withPrivate.privateSrv)).toBeVisible()
    expect(connect.getByText(/standardSrv resolves to private addresses only through/)).toBeVisible()
    expect(connect.getByRole("button", { name: "Disable custom DNS…" })).toBeVisible()
  })

  test("explains a wrong string, and keeps no password in the field or in a request [I2]", async () => {
    const { user, connect } = await open({ session: makeSession(inOneProject("requester")) })
    const sent: string[] = []
    mockBff.events.on("request:start", ({ request }) => void sent.push(request.url))
    expect(connect.queryByRole("button", { name: /custom DNS/ })).toBeNull()
    await user.click(connect.getByText("Check the string you use"))
    const field = connect.getByLabelText("Connection string")
    await user.click(field)
    await user.paste("mongodb+srv://app:s3cret@ledger-pl-0.k3v9x.mongodb.net/?retryWrites=true")
    expect(field).toHaveValue("mongodb+srv://ledger-pl-0.k3v9x.mongodb.net/")
    expect(connect.getByText("User and password were removed from the field.")).toBeVisible()
    expect(connect.getByText(/for a private endpoint/)).toBeVisible()
    expect(sent.join()).not.toContain("s3cret")
    expect(document.body.innerHTML).not.toContain("s3cret")
  })

  test("tests the chosen cluster's hosts, and leads from the output to the stop that it is about [I1]", async () => {
    const { user } = await open()
    await user.click(await screen.findByRole("button", { name: "Copy test script" }))
    const script = await navigator.clipboard.readText()
    expect(script).toMatch(
      /^sh -s -- AWS 192\.168\.248\.0\/21 ledger-shard-00-00\.k3v9x\.mongodb\.net:27017 <</,
    )
    await user.click(screen.getByLabelText("Output of the test script"))
    await user.paste(
      "Peering diagnosis 1 AWS 192.168.248.0/21\ndns-server: 10.20.0.2\nhost: h:27017\n  name: private 192.168.248.9\n  route: unreachable\nEnd of diagnosis",
    )
    await user.click(screen.getByRole("button", { name: "Open the step" }))
    expect(document.getElementById("stop-route")).toHaveFocus()
    expect(screen.getByRole("region", { name: /^Route 192\.168\.248\.0\/21/ })).toBeVisible()
  })

  test.each([
    ["atlas_unreachable", {}],
    ["atlas_refused", { atlas: { status: 404, errorCode: "RESOURCE_NOT_FOUND", detail: "Cannot find it." } }],
  ] as const)(
    "says that it isn't known which clusters run there when they can't be read (%s), and offers another try",
    async (code, more) => {
      mockBff.use(
        listOf([makePeering("GCP", { status: "AVAILABLE" })]),
        refuse(apiUrls.clusters(projectId), code, more),
      )
      const connect = await openCluster(openApp(pagePaths.connection(projectId, makePeering("GCP").id)))
      await waitFor(() => expect(connect.getByRole("button", { name: "Try again" })).toBeVisible())
      expect(
        connect.getByText("Not known which clusters run behind this connection: they couldn't be read."),
      ).toBeVisible()
      expect(connect.queryByText(/No cluster/)).toBeNull()
    },
  )

  test("doesn't say that no cluster runs there while Atlas names no region of one", async () => {
    mockBff.use(
      listOf([makePeering("GCP", { status: "AVAILABLE" })]),
      answer(apiUrls.clusters(projectId), { clusters: [{ ...ledger, regions: [] }] }),
    )
    const connect = await openCluster(openApp(pagePaths.connection(projectId, makePeering("GCP").id)))
    expect(
      await connect.findByText(
        "Not known whether ledger runs behind this connection: Atlas names no region.",
      ),
    ).toBeVisible()
    expect(connect.queryByText(/No cluster/)).toBeNull()
  })
})
