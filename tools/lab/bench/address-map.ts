import type { Browser, Page } from "@playwright/test"
import { launchChromium, measureFrames, throttle } from "./browser.ts"
import { productOrigin, serveProduct } from "./built-pages.ts"
import { interleave } from "./rounds.ts"
import { toMedian, toQuantile, type Figure } from "#tools/lab/figure.ts"

const blockCount = 2000
const cpuRate = 4
const limitMs = 32
const turns = 40

/** Each on a new page. */
const roundCount = 3
const ways = { open: "opening a range and going back", hover: "pointing", keys: "moving by keyboard" }

const card = "Each block shows its card in the top layer, and the browser lays that out again."
/** From profiles. */
const limits = {
  open: "Opening a range draws another map. Half of that is the browser's style and layout; a tenth puts the blocks into columns and lanes. The peer moves what it has drawn by one transform. The measure has eight frames, so the 95th percentile is the longest.",
  hover: card,
  keys: card,
}

type FrameTimes = Record<keyof typeof ways, number[]>

interface Rect {
  /** Shares of the whole width. */
  left: number
  width: number
}

/** Frame times of the address space map with 2,000 blocks, beside as many plain SVG rectangles in an otherwise empty page. */
export async function measureAddressMap(): Promise<Figure[]> {
  const browser = await launchChromium()
  try {
    const { ours, plain } = await interleave(roundCount, {
      ours: () => measurePage(browser, openMap),
      plain: () => measurePage(browser, openPlain),
    })
    return (["open", "hover", "keys"] as const).flatMap((way) =>
      ([0.5, 0.95] as const).map((share): Figure => {
        const read = (times: FrameTimes) => toQuantile(times[way], share)
        return {
          what: `address map, ${blockCount} blocks, CPU ÷ ${cpuRate}: a frame while ${ways[way]}, p${share * 100}`,
          unit: "ms",
          seen: toMedian(ours, read),
          peer: { what: `${blockCount} SVG rectangles`, value: toMedian(plain, read) },
          goal: share === 0.95 ? { atMost: limitMs, of: "unit" } : null,
          limitedBy: limits[way],
        }
      }),
    )
  } finally {
    await browser.close()
  }
}

/** Measures a page whose first `button` opens a range, and whose `back` shows everything again. */
async function measurePage(browser: Browser, openPage: (page: Page) => Promise<void>): Promise<FrameTimes> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await openPage(page)
  const box = await page.locator("[data-map]").first().boundingBox()
  if (box === null) throw new Error("The map is not in the page")
  await throttle(page, cpuRate)
  const open = await measureFrames(page, async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      await page.locator("[data-zoom]").first().focus()
      await page.keyboard.press("+")
      await page.locator("[data-map]").first().focus()
      await page.keyboard.press("-")
    }
  })
  const hover = await measureFrames(page, async () => {
    for (let turn = 0; turn < turns; turn += 1) {
      await page.mouse.move(box.x + 10 + turn * 20, box.y + 60)
    }
  })
  await page.locator("[data-map]").first().focus()
  const keys = await measureFrames(page, async () => {
    for (const key of ["ArrowRight", "ArrowLeft"]) {
      for (let turn = 0; turn < turns / 4; turn += 1) await page.keyboard.press(key)
    }
  })
  await page.close()
  return { open, hover, keys }
}

async function openMap(page: Page): Promise<void> {
  await serveProduct(page, { "/api/address-space": makeAddressSpace() })
  await page.goto(`${productOrigin}/address-space`)
  await page.getByRole("toolbar", { name: /^10\.0\.0\.0\/8/ }).waitFor()
}

async function openPlain(page: Page): Promise<void> {
  const rects = makeBlocks().map(({ left, width }, index) => {
    const row = index % 2 === 0 ? 6 : 54
    return `<rect x="${left * 1090}" width="${Math.max(3, width * 1090)}" y="${row}" height="34"/>`
  })
  await page.setContent(
    `<svg tabindex="0" data-map data-zoom width="1090" height="118"><g fill="#555">${rects.join("")}</g></svg><script>${movePlain}</script>`,
  )
}

/** The least that a page has to do: one attribute of one group for each action. */
const movePlain = `
  const svg = document.querySelector("svg"), group = document.querySelector("g")
  let scale = 1, shift = 0
  const draw = () => group.setAttribute("transform", "translate(" + shift + " 0) scale(" + scale + " 1)")
  svg.addEventListener("pointermove", (event) => group.setAttribute("data-at", event.offsetX))
  svg.addEventListener("keydown", ({ key }) => {
    if (key === "+") scale *= 2
    if (key === "-") scale /= 2
    if (key === "ArrowLeft") shift += 136
    if (key === "ArrowRight") shift -= 136
    draw()
  })`

/** Makes the same blocks in each run: spread over 10.0.0.0/8, some of them nested. */
function makeBlocks(): (Rect & { cidr: string })[] {
  return Array.from({ length: blockCount }, (_, index) => {
    const prefix = 16 + (index % 9)
    const size = 2 ** (32 - prefix)
    const network = Math.floor(((index * 7919 * 4096) % 2 ** 24) / size) * size
    const octets = [10, network >> 16, (network >> 8) & 255, network & 255]
    return { cidr: `${octets.join(".")}/${prefix}`, left: network / 2 ** 24, width: size / 2 ** 24 }
  })
}

function makeAddressSpace() {
  const project = { id: "64b1f0a27c3d5e4f8a9b0c1d", name: "payments-prod" }
  const blocks = makeBlocks().map(({ cidr }, index) => ({
    cidr,
    id: `bench-${index}`,
    isOurs: index % 2 === 0,
  }))
  return {
    projects: [
      {
        project,
        containers: blocks
          .filter(({ isOurs }) => isOurs)
          .map(({ cidr, id }) => ({
            providerName: "AWS",
            id,
            atlasCidrBlock: cidr,
            regionName: "US_EAST_1",
            vpcId: `vpc-${id}`,
          })),
        peers: blocks
          .filter(({ isOurs }) => !isOurs)
          .map(({ cidr, id }) => ({
            providerName: "AWS",
            id,
            routeTableCidrBlock: cidr,
            awsAccountId: "123456789012",
            vpcId: `vpc-${id}`,
          })),
        privateIpMode: null,
        readAt: "2026-11-24T10:07:00.000Z",
        problem: null,
      },
    ],
  }
}
