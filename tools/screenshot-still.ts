import type { Page } from "@playwright/test"

/** Text that differs in each run, with the text that is drawn instead. */
const changing: [what: RegExp, instead: string][] = [
  [/\b127\.0\.0\.1:\d+/g, "127.0.0.1"],
  [/\b\d{4}-\d\d-\d\d(T[\d:.]+Z?)?/g, "2026-01-01"],
  [/\b\d{1,2}:\d\d(:\d\d)?\b/g, "00:00"],
  [/\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*( \d{4})?/g, "1 January"],
  [/\b((Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[Tt]oday|[Yy]esterday|[Tt]omorrow)\b/g, "Monday"],
  [/\b(\d+\s(ms|s|seconds?|min|minutes?|h|hours?|d|days?)\b\s?)+|\bjust now\b/g, "1 min "],
  // Ids of Atlas's networks, other ids and hashes, their ends, and keys in base64.
  [/\b(p-[a-z0-9]{24}|nt-[0-9a-f]{24}-[a-z0-9]{8}|vnet_[0-9a-f]{24}_[a-z0-9]{8})\b/g, "network-000000"],
  [/\b(?=[a-f]*\d)[0-9a-f]{6,}(-[0-9a-f]{4,12})*/g, "000000"],
  [/…[0-9a-f]{4}\b/g, "…0000"],
  [/(?<![\w+/-])(?=[\w+/-]*[A-Z])(?=[\w+/-]*\d)[\w+/-]{24,}=*/g, "000000"],
]

/** Runs in the page. A value that a form holds is not told to the form. */
const writeStill = `(changing) => {
  const toStill = (text) =>
    changing.reduce((still, [what, instead]) => still.replaceAll(what, instead), text)
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode() !== null) {
    const text = texts.currentNode
    if (text.parentElement.closest("script, style") !== null) continue
    if (toStill(text.data) !== text.data) text.data = toStill(text.data)
  }
  for (const field of document.querySelectorAll("input[type=text], input:not([type]), textarea"))
    if (toStill(field.value) !== field.value) field.value = toStill(field.value)
}`

/** Writes the ids, times and ages of a page the same in each run. */
export async function makeStill(page: Page): Promise<void> {
  const list = changing.map(([what, instead]) => `[${what.toString()}, ${JSON.stringify(instead)}]`)
  await page.evaluate(`(${writeStill})([${list.join()}])`)
}
