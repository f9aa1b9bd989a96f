import type { Browser, Page } from "@playwright/test"
import { launchChromium, measureInteractions, throttle, toInteractionToNextPaint } from "./browser.ts"
import { productOrigin, serveProduct } from "./built-pages.ts"
import { interleave } from "./rounds.ts"
import { toMedian, toQuantile, type Figure } from "#tools/lab/figure.ts"

const connectionCount = 1000
const cpuRate = 4
const paintLimitMs = 400
const typingLimitMs = 100
const sortingLimitMs = 200
const searches = ["10.4", "vpc-0a1b", "net 77", "4829 1357", "us_east"]

/** From a profile of typing. */
const rendering =
  "More than half of the time is the browser's own: style, layout and paint of the rows that come and go. React takes a fifth, and writing the filter into the address a thirtieth."

/** Each on a new page. */
const roundCount = 3

interface Times {
  /** From when the connections were there to when their table was painted. */
  paint: number
  /** Each from a key to the next paint. */
  keys: number[]
  /** Each from a press on the head of a column to the next paint; the plain table can't be sorted. */
  sorts: number[]
}

/** The first paint of the table of all connections and typing into its filter, beside a plain table with a plain filter. */
export async function measureInventory(): Promise<Figure[]> {
  const browser = await launchChromium()
  try {
    const { ours, plain } = await interleave(roundCount, {
      ours: () => measurePage(browser, `${productOrigin}/connections`),
      plain: () => measurePage(browser, `${productOrigin}/plain`),
    })
    const where = `list, ${connectionCount} connections, CPU ÷ ${cpuRate}`
    const toFigure = (
      what: string,
      peer: string,
      limitMs: number | null,
      read: (times: Times) => number,
    ): Figure => ({
      what: `${where}: ${what}`,
      unit: "ms",
      seen: toMedian(ours, read),
      peer: { what: peer, value: toMedian(plain, read) },
      goal: limitMs === null ? null : { atMost: limitMs, of: "unit" },
      limitedBy: rendering,
    })
    const filter = "hiding rows of a plain table"
    return [
      toFigure("first paint after the data", "a plain table", paintLimitMs, ({ paint }) => paint),
      toFigure("a key in the filter to the next paint, p50", filter, null, ({ keys }) =>
        toQuantile(keys, 0.5),
      ),
      toFigure("typing in the filter, interaction to next paint", filter, typingLimitMs, ({ keys }) =>
        toInteractionToNextPaint(keys),
      ),
      toFigure("a press on a column, interaction to next paint", filter, sortingLimitMs, ({ sorts, keys }) =>
        toInteractionToNextPaint(sorts.length > 0 ? sorts : keys),
      ),
    ]
  } finally {
    await browser.close()
  }
}

async function measurePage(browser: Browser, address: string): Promise<Times> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await serveProduct(page, { "/api/inventory": makeInventory(), "/api/saved-views": { views: [] } })
  await page.route(`${productOrigin}/plain`, (route) =>
    route.fulfill({ body: plainPage, contentType: "text/html" }),
  )
  await page.addInitScript(notePaint)
  await throttle(page, cpuRate)
  await page.goto(address)
  const paint = await page.waitForFunction<number>("globalThis.paintAfterData")
  const keys = await measureTyping(page)
  const times = { paint: await paint.jsonValue(), keys, sorts: await measureSorting(page) }
  await page.close()
  return times
}

async function measureTyping(page: Page): Promise<number[]> {
  await page.getByRole("searchbox").focus()
  return measureInteractions(page, async () => {
    for (const text of searches) {
      await page.keyboard.type(text, { delay: 60 })
      for (let left = text.length; left > 0; left -= 1) await page.keyboard.press("Backspace", { delay: 60 })
    }
  })
}

async function measureSorting(page: Page): Promise<number[]> {
  return measureInteractions(page, async () => {
    for (const name of ["Name", "CIDR", "Since", "Status"]) {
      const head = page.getByRole("button", { name, exact: true })
      if ((await head.count()) > 0) await head.click()
    }
  })
}

/** Runs in the page. A message that is posted in a frame is handled when that frame is painted. */
const notePaint = `{
  const observer = new MutationObserver(() => {
    if (document.querySelector("table:not([aria-busy=true]) > tbody > tr") === null) return
    observer.disconnect()
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        const [data] = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/api/inventory"))
        globalThis.paintAfterData = performance.now() - data.responseEnd
      }
      port2.postMessage(null)
    })
  })
  observer.observe(document, { childList: true, subtree: true })
}`

/** The least that such a page has to do: every row at once, and those hidden that do not fit. */
const plainPage = `<!doctype html>
<input type="search">
<table><tbody></tbody></table>
<script type="module">
  const { projects } = await (await fetch("/api/inventory")).json()
  const body = document.querySelector("tbody")
  body.innerHTML = projects.flatMap(({ project, peerings }) => peerings.map(({ peer, label, status }) =>
    "<tr>" + [label, peer.vpcId, peer.awsAccountId, peer.routeTableCidrBlock, project.name, status].map((text) =>
      "<td>" + text + "</td>").join("") + "</tr>")).join("")
  const rows = [...body.rows].map((row) => [row, row.textContent.toLowerCase()])
  document.querySelector("input").addEventListener("input", ({ target }) => {
    const words = target.value.toLowerCase().split(" ")
    for (const [row, text] of rows) row.hidden = !words.every((word) => text.includes(word))
  })
</script>`

/** Makes ten projects with the same connections in each run; one in ten needs attention. */
function makeInventory() {
  const projects = Array.from({ length: 10 }, (_, number) => makeProject(number))
  const timesInState = [
    { providerName: "AWS", status: "PENDING_ACCEPTANCE", count: 20, p50Ms: 60_000, p90Ms: 300_000 },
  ]
  return { projects, timesInState }
}

function makeProject(number: number) {
  const projectId = number.toString(16).padStart(24, "6")
  const containerId = number.toString(16).padStart(24, "5")
  const watch = { projectId, checkedAt: "2026-11-24T10:07:00.000Z", problem: null, retryAt: null }
  return {
    project: { id: projectId, name: `project-${number}` },
    peerings: Array.from({ length: connectionCount / 10 }, (_, index) =>
      makePeering(containerId, number * 100 + index),
    ),
    containers: [
      {
        providerName: "AWS",
        id: containerId,
        atlasCidrBlock: `192.168.${number * 8}.0/21`,
        provisioned: true,
        regionName: number % 2 === 0 ? "US_EAST_1" : "EU_WEST_1",
        vpcId: `vpc-atlas${number}`,
      },
    ],
    containersProblem: null,
    watches: ["AWS", "GCP", "AZURE"].map((providerName) => ({ ...watch, providerName })),
    tombstoneCount: 0,
    quota: { used: 100, most: 50, pending: 10, mostPending: 25 },
  }
}

function makePeering(containerId: string, number: number) {
  const id = number.toString(16).padStart(24, "7")
  const waits = number % 10 === 0
  const statusName = waits ? "PENDING_ACCEPTANCE" : "AVAILABLE"
  return {
    id,
    peer: {
      providerName: "AWS",
      id,
      containerId,
      accepterRegionName: null,
      awsAccountId: "482913570264",
      connectionId: `pcx-${id.slice(7)}`,
      routeTableCidrBlock: `10.${number % 256}.0.0/16`,
      vpcId: `vpc-0a1b2c3d4e5${id.slice(18)}`,
      statusName,
    },
    status: statusName,
    turn: waits ? "you" : "works",
    statusSince: new Date(Date.UTC(2026, 10, 24, 0, number)).toISOString(),
    statusSinceSeen: number % 3 > 0,
    label: `net ${number}`,
    origin: "adopted",
    createdBy: null,
    firstSeenAt: "2026-11-20T10:00:00.000Z",
    leftAvailableAt: null,
  }
}
