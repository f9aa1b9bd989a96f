import type { Browser, Page } from "@playwright/test"
import {
  launchChromium,
  measureInteractions,
  signIn,
  throttle,
  toInteractionToNextPaint,
} from "#tools/lab/bench/browser.ts"
import { interleave } from "#tools/lab/bench/rounds.ts"
import { toMedian, type Figure } from "#tools/lab/figure.ts"

const cpuRate = 4
const worstLimitMs = 100
const mostLimitMs = 64
/** Each on a new page. */
const roundCount = 3

/** What a person writes into the form of each cloud, by the labels of both pages. */
const clouds: Record<string, Record<string, string>> = {
  AWS: { "Account ID": "482913570264", "VPC ID": "vpc-0a1b2c3d4e5f60718", "VPC CIDR": "10.90.0.0/16" },
  "Google Cloud": { "Project ID": "acme-checkout-417203", "VPC network": "checkout" },
  Azure: {
    "Directory ID": "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
    "Subscription ID": "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
    "Resource group": "rg-checkout",
    "VNet name": "vnet-checkout",
  },
}

interface FormPage {
  url: string
  /** The session of the person who opens it; null for nobody. */
  cookie: string | null
  /** The role of what chooses a cloud there. */
  choice: "tab" | "radio"
}

/** Measures how long keys and presses in the form of a new connection wait for their paint, beside a hand-written form. */
export async function measureForm(ours: FormPage, plain: FormPage): Promise<Figure[]> {
  const browser = await launchChromium()
  try {
    const times = await interleave(roundCount, {
      ours: () => fillIn(browser, ours),
      plain: () => fillIn(browser, plain),
    })
    const toFigure = (what: string, limitMs: number, read: (times: number[]) => number): Figure => ({
      what: `form of a new connection, CPU ÷ ${cpuRate}: ${what}`,
      unit: "ms",
      seen: toMedian(times.ours, read),
      peer: { what: "hand-written form", value: toMedian(times.plain, read) },
      goal: { atMost: limitMs, of: "unit" },
    })
    return [
      toFigure("longest of all keys and presses", worstLimitMs, (all) => Math.max(...all)),
      toFigure("the same without one in fifty", mostLimitMs, toInteractionToNextPaint),
    ]
  } finally {
    await browser.close()
  }
}

/** Types into every field of each cloud, one after the other. Returns what each key and press took, in milliseconds. */
async function fillIn(browser: Browser, { url, cookie, choice }: FormPage): Promise<number[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  if (cookie !== null) await signIn(context, url, cookie)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole(choice).first().waitFor()
  await page.waitForFunction("document.querySelector('[aria-busy=true]') === null")
  await throttle(page, cpuRate)
  const times = await measureInteractions(page, () => typeAll(page, choice))
  await context.close()
  return times
}

async function typeAll(page: Page, choice: FormPage["choice"]): Promise<void> {
  for (const [cloud, fields] of Object.entries(clouds)) {
    await page.getByRole(choice, { name: cloud }).click()
    for (const [label, value] of Object.entries(fields)) {
      await page.getByLabel(label, { exact: true }).click()
      await page.keyboard.type(value, { delay: 60 })
    }
  }
  await page.getByLabel("Reason", { exact: true }).click()
  await page.keyboard.type("PAY-212 checkout reads the ledger", { delay: 60 })
}
