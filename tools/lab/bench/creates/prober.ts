import { get } from "node:http"
import { setTimeout } from "node:timers/promises"
import { parseArgs } from "node:util"

/*
 * Asks an address over a new connection, again and again, until its input closes. It prints a line once it is warm, and at the end how
 * long each answer since then took, in milliseconds. It runs as a separate process: inside the load's it would measure how busy that is.
 */

const pauseMs = 20
/** Its first answers would show how long its own code takes to load. */
const warmUpProbes = 10
const { values } = parseArgs({ options: { url: { type: "string" } } })
const took: number[] = []
let isOver = false

function probe(): Promise<number> {
  const begun = performance.now()
  return new Promise((resolve, reject) => {
    get(values.url ?? "", { agent: false }, (response) => {
      response.resume().on("end", () => resolve(performance.now() - begun))
    }).on("error", reject)
  })
}

process.stdin.resume()
process.stdin.on("end", () => {
  isOver = true
})
for (let left = warmUpProbes; left > 0; left -= 1) await probe()
process.stdout.write("warm\n")
while (!isOver) {
  took.push(await probe())
  await setTimeout(pauseMs)
}
process.stdout.write(`${JSON.stringify(took)}\n`)
