// Runs Cedar's engine in a thread of its own. Whatever a text makes it throw ends the thread, since the engine may not work after that.
import { parentPort } from "node:worker_threads"
import cedar from "@cedar-policy/cedar-wasm/nodejs"

parentPort?.on("message", ({ id, method, question }) => {
  parentPort?.postMessage({ id, answer: cedar[method](question) })
})
