import type { Browser, Page } from "@playwright/test"
import { apiUrls, type ConnectionPage, type ListRow } from "@peering-desk/shared-schemas"
import {
  measureFrames,
  measureInteractions,
  signIn,
  throttle,
  toInteractionToNextPaint,
} from "#tools/lab/bench/browser.ts"
import { compare, interleave } from "#tools/lab/bench/rounds.ts"
import { toQuantile, type Figure } from "#tools/lab/figure.ts"

const cpuRate = 4
/** Each on a new page. */
const roundCount = 3
const frameLimitMs = 32

/** What a person writes into the form of each cloud, by its labels. */
const clouds: Record<string, Record<string, string>> = {
  AWS: { "Account ID": "482913570264", "VPC ID": "vpc-0a1b2c3d4e5f60718", "VPC CIDR": "10.90.0.0/16" },
  "Google Cloud": { "Project ID": "acme-checkout-417203", "VPC network": "checkout" },
  Azure: {
    "Directory ID": "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
    "Resource group": "rg-checkout",
    "VNet name": "vnet-checkout",
  },
}
const searches = ["172.1", "vpc-0c0f"]

/** From profiles. */
const limits = {
  list: "The server's answer to earlier keys changes up to 50 rows beside the key. More than half of that is the browser's own: style, layout and paint of the rows that come and go.",
  open: "Opening a range draws another map. Half of that is the browser's style and layout; a tenth puts the blocks into columns and lanes. The peer moves what it has drawn by one transform. The measure has eight frames, so the 95th percentile is the longest.",
  card: "Each block shows its card in the top layer, and the browser lays that out again.",
}

interface Site {
  origin: string
  cookie: string
  formUrl: string
}

/** Measures how long keys and presses wait for their paint on a processor four times slower, beside plain pages. */
export async function measureUsing(browser: Browser, { origin, cookie, formUrl }: Site): Promise<Figure[]> {
  const all = await readConnections({ origin, cookie })
  const rows = all.map(({ project, peering: { id, peer, status } }) => [
    id,
    ...Object.values(peer).map(String),
    project.name,
    String(status),
  ])
  const onPage = async <Seen>(open: string | { content: string }, act: (page: Page) => Promise<Seen>) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await signIn(context, origin, cookie)
    const page = await context.newPage()
    await (typeof open === "string" ? page.goto(open) : page.setContent(open.content))
    try {
      return await act(page)
    } finally {
      await context.close()
    }
  }
  const form = await interleave(roundCount, { ours: () => onPage(formUrl, typeIntoForm) })
  const list = await interleave(roundCount, {
    ours: () => onPage(`${origin}/connections`, filterAndSort),
    plain: () => onPage({ content: writePlainTable(rows) }, filterAndSort),
  })
  const map = await interleave(roundCount, {
    ours: () => onPage(`${origin}/address-space`, useMap),
    plain: () => onPage({ content: writePlainMap(rows.length) }, useMap),
  })
  const toForm = compare({ ours: form.ours })
  const toList = compare({
    ours: list.ours,
    peer: { what: "hiding rows of a plain table", rounds: list.plain },
  })
  const toMap = compare({
    ours: map.ours,
    peer: { what: "SVG rectangles, moved by one transform", rounds: map.plain },
  })
  const at = (what: string) => `${what}, CPU ÷ ${cpuRate}`
  const [inList, onMap] = [
    at(`list of ${rows.length} connections`),
    at(`address map of ${rows.length} blocks`),
  ]
  return [
    toForm(
      `${at("form of a new connection")}: longest of all keys and presses`,
      "ms",
      (all) => Math.max(...all),
      100,
    ),
    toForm(
      `${at("form of a new connection")}: the same without one in fifty`,
      "ms",
      toInteractionToNextPaint,
      64,
    ),
    toList(`${inList}: a key in the filter to the next paint`, "ms", ({ keys }) => keys, 100, limits.list),
    toList(`${inList}: a press on a column to the next paint`, "ms", ({ sorts }) => sorts, 200, limits.list),
    toMap(
      `${onMap}: a frame while opening a range, p95`,
      "ms",
      ({ open }) => open,
      frameLimitMs,
      limits.open,
    ),
    toMap(`${onMap}: a frame while pointing, p95`, "ms", ({ hover }) => hover, frameLimitMs, limits.card),
    toMap(
      `${onMap}: a frame while moving by keyboard, p95`,
      "ms",
      ({ keys }) => keys,
      frameLimitMs,
      limits.card,
    ),
  ]
}

/** Reads every connection, page after page. */
async function readConnections({ origin, cookie }: Pick<Site, "origin" | "cookie">): Promise<ListRow[]> {
  const rows: ListRow[] = []
  for (let after: string | null = ""; after !== null;) {
    const url = apiUrls.connections({ sort: "name", limit: "500", ...(after !== "" && { after }) })
    const answer = await fetch(`${origin}${url}`, { headers: { cookie } })
    const page = (await answer.json()) as ConnectionPage
    rows.push(...page.rows)
    after = page.next
  }
  return rows
}

/** Types into every field of each cloud, one after the other. Returns what each key and press took, in milliseconds. */
async function typeIntoForm(page: Page): Promise<number[]> {
  await page.getByRole("tab").first().waitFor()
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" })
  await throttle(page, cpuRate)
  return await measureInteractions(page, async () => {
    for (const [cloud, fields] of Object.entries(clouds)) {
      await page.getByRole("tab", { name: cloud }).click()
      for (const [label, value] of Object.entries(fields)) {
        await page.getByLabel(label, { exact: true }).click()
        await page.keyboard.type(value, { delay: 40 })
      }
    }
    await page.getByLabel("Reason", { exact: true }).click()
    await page.keyboard.type("PAY-212 checkout reads the ledger", { delay: 40 })
  })
}

/** Interactions to next paint: typing into the filter, and pressing the heads of columns. The plain table has none. */
async function filterAndSort(page: Page) {
  await page.locator("table:not([aria-busy=true]) > tbody > tr").first().waitFor()
  await throttle(page, cpuRate)
  await page.getByRole("searchbox").focus()
  const keys = await measureInteractions(page, async () => {
    for (const text of searches) {
      await page.keyboard.type(text, { delay: 60 })
      for (let left = text.length; left > 0; left -= 1) await page.keyboard.press("Backspace", { delay: 60 })
    }
  })
  const sorts = await measureInteractions(page, async () => {
    for (const name of ["Name", "CIDR", "Since", "Status"]) {
      const head = page.getByRole("button", { name, exact: true })
      if ((await head.count()) > 0) await head.click()
    }
  })
  return { keys: toInteractionToNextPaint(keys), sorts: toInteractionToNextPaint(sorts) }
}

/** Frames while a range is opened and left, while pointing, and while moving by keyboard: of each the 95th percentile, in milliseconds. */
async function useMap(page: Page) {
  const blocks = page.locator("[data-map]")
  await blocks.first().waitFor()
  const box = await blocks.first().boundingBox()
  if (box === null) throw new Error("The map is not in the page")
  await throttle(page, cpuRate)
  const measure = async (act: () => Promise<void>) => toQuantile(await measureFrames(page, act), 0.95)
  const open = await measure(async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      await page.locator("[data-zoom]").first().focus()
      await page.keyboard.press("+")
      await blocks.first().focus()
      await page.keyboard.press("-")
    }
  })
  const hover = await measure(async () => {
    for (let turn = 0; turn < 40; turn += 1) await page.mouse.move(box.x + 10 + turn * 20, box.y + 60)
  })
  await blocks.first().focus()
  const keys = await measure(async () => {
    for (const key of ["ArrowRight", "ArrowLeft"])
      for (let turn = 0; turn < 10; turn += 1) await page.keyboard.press(key)
  })
  return { open, hover, keys }
}

/** The least that a list has to do: every row at once, and those hidden that do not fit. */
function writePlainTable(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => `<tr>${row.map((text) => `<td>${text}</td>`).join("")}</tr>`)
  return `<!doctype html><input type="search"><table><tbody>${cells.join("")}</tbody></table><script>
    const rows = [...document.querySelectorAll("tr")].map((row) => [row, row.textContent.toLowerCase()])
    document.querySelector("input").addEventListener("input", ({ target }) => {
      const words = target.value.toLowerCase().split(" ")
      for (const [row, text] of rows) row.hidden = !words.every((word) => text.includes(word))
    })
  </script>`
}

/** The least that a map has to do: one attribute of one group for each action. */
function writePlainMap(count: number): string {
  const rects = Array.from({ length: count }, (_, index) => {
    return `<rect x="${(index * 7919) % 1090}" width="4" y="${index % 2 === 0 ? 6 : 54}" height="34"/>`
  })
  return `<svg tabindex="0" data-map data-zoom width="1090" height="118"><g fill="#555">${rects.join("")}</g></svg><script>
    const svg = document.querySelector("svg"), group = document.querySelector("g")
    let scale = 1, shift = 0
    svg.addEventListener("pointermove", (event) => group.setAttribute("data-at", event.offsetX))
    svg.addEventListener("keydown", ({ key }) => {
      scale *= { "+": 2, "-": 0.5 }[key] ?? 1
      shift += { ArrowLeft: 136, ArrowRight: -136 }[key] ?? 0
      group.setAttribute("transform", "translate(" + shift + " 0) scale(" + scale + " 1)")
    })
  </script>`
}
