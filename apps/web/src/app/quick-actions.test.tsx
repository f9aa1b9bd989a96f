import { screen, waitFor, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { answerAll } from "#mock-bff/all-connections.ts"
import { makeProject } from "#mock-bff/inventory-samples.ts"
import { answer, listOf, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makePeering, makeSession, now, projectId } from "#mock-bff/samples.ts"
import { serveTrail } from "#features/audit/testing-rows.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const address = () => location.pathname

function openWithInventory() {
  const { id, peer, ...record } = makePeering("AZURE")
  const state = { status: "AVAILABLE", turn: "works", statusSince: now, statusSinceSeen: true }
  const projects = [makeProject({ peerings: [{ ...record, ...state, id, peer }], watches: [] })]
  mockBff.use(...answerAll(() => projects), listOf([makePeering("AZURE")]))
  return openApp(pagePaths.connections(projectId))
}

/** Returns the search field of the list, once its rows and the session are there. */
async function findSearch() {
  await screen.findByRole("link", { name: /vnet-crm/ })
  await screen.findByRole("button", { name: /Olivia/ })
  return screen.getByRole("searchbox")
}

describe("the command palette", () => {
  test("opens on Ctrl+K and goes to a connection found by part of an id", async () => {
    const { user } = openWithInventory()
    await screen.findByRole("heading", { name: "Connections" })
    const { id } = makePeering("AZURE")
    await user.keyboard("{Control>}k{/Control}")
    const field = await screen.findByRole("combobox", { name: "Search connections, projects and actions" })
    await user.type(field, id.slice(-6))
    await screen.findByRole("option", { name: /vnet-crm/ })
    await user.keyboard("{Enter}")
    await waitFor(() => expect(address()).toBe(pagePaths.connection(projectId, id)))
    expect(screen.queryByRole("combobox", { name: /^Search connections/ })).toBeNull()
  })

  test("closes on Escape and returns the focus", async () => {
    const { user } = openWithInventory()
    const search = await screen.findByRole("button", { name: "Search" })
    await user.click(search)
    await screen.findByRole("combobox", { name: /^Search connections/ })
    await user.keyboard("{Escape}")
    await waitFor(() => expect(search).toHaveFocus())
  })

  test("the palette closes when Back leaves the page behind it", async () => {
    const { user } = openWithInventory()
    await user.click(await screen.findByRole("link", { name: /vnet-crm/ }))
    await screen.findByRole("heading", { level: 1, name: /vnet-crm/ })
    await user.keyboard("{Control>}k{/Control}")
    await screen.findByRole("combobox", { name: /^Search connections/ })
    history.back()
    await screen.findByRole("heading", { level: 1, name: "Connections" })
    await waitFor(() => expect(screen.queryByRole("combobox", { name: /^Search connections/ })).toBeNull())
  })
})

test("the palette offers no pages of a last project that is no longer seen", async () => {
  mockBff.use(answer("/api/projects", { projects: [] }))
  const { user } = openApp(pagePaths.containers(projectId))
  await screen.findByRole("button", { name: /Olivia/ })
  await user.keyboard("{Control>}k{/Control}")
  const palette = within(await screen.findByRole("listbox", { name: /./ }))
  await palette.findByRole("option", { name: /Your sessions/ })
  expect(palette.queryByRole("option", { name: /Containers|Settings/ })).toBeNull()
})

test("the sidebar counts what needs attention and all connections on a page of a project", async () => {
  openWithInventory()
  const pages = within(await screen.findByRole("navigation", { name: "Pages" }))
  const all = await pages.findAllByRole("link", { name: /^Connections/ })
  await waitFor(() => expect(all[0]).toHaveTextContent("Connections1"))
})

test("an auditor is offered no page of projects by n, the palette or the account menu", async () => {
  serveTrail()
  mockBff.use(answer("/api/session", makeSession({ everywhere: null, auditor: true })))
  const { user } = openApp(pagePaths.audit())
  await user.click(await screen.findByRole("button", { name: /your account/ }))
  await screen.findByRole("link", { name: "Your sessions", hidden: true })
  expect(screen.queryByRole("link", { name: /API tokens|E-mail/, hidden: true })).toBeNull()
  await user.keyboard("n{Control>}k{/Control}")
  const palette = within(await screen.findByRole("listbox", { name: /./ }))
  await palette.findByRole("option", { name: /Your sessions/ })
  expect(palette.queryByRole("option", { name: /New connection|API tokens/ })).toBeNull()
  expect(address()).toBe(pagePaths.audit())
})

test("n and the palette ask for the project on a page of all projects", async () => {
  const { user } = openApp(pagePaths.allConnections())
  await screen.findByRole("heading", { level: 1, name: "Connections" })
  await user.keyboard("n")
  await waitFor(() => expect(address()).toBe(pagePaths.newConnectionAnywhere()))
})

describe("keyboard shortcuts", () => {
  test("n opens the form of the chosen project, and does nothing while typing", async () => {
    const { user } = openWithInventory()
    const field = await findSearch()
    await user.type(field, "n")
    expect(address()).toBe(pagePaths.connections(projectId))
    field.blur()
    await user.keyboard("n")
    await waitFor(() => expect(address()).toBe(pagePaths.newConnection(projectId)))
  })

  test("/ focuses the search of the page", async () => {
    const { user } = openWithInventory()
    const field = await findSearch()
    await user.keyboard("/")
    expect(field).toHaveFocus()
    expect(field).toHaveValue("")
  })

  test("? lists the shortcuts and switches those of a single key off", async () => {
    const { user } = openWithInventory()
    await screen.findByRole("searchbox")
    await user.keyboard("?")
    await user.click(await screen.findByRole("checkbox", { name: "Use shortcuts of a single key" }))
    await user.click(screen.getByRole("button", { name: "Close" }))
    await user.keyboard("n")
    expect(address()).toBe(pagePaths.connections(projectId))
    expect(localStorage.getItem("peering-desk:single-keys")).toBe("off")
  })
})
