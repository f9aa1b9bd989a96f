import { demoControlPath, type DemoControl } from "@peering-desk/shared-schemas"
import { sendJson } from "./http.ts"

/** Recognizes an answer without a body. */
const isNothing = (body: unknown): body is undefined => body === undefined

/** Plays the cloud, its faults or its clock, in a demo only. Throws `RequestError`, with the simulator's words when it refuses. */
export async function controlSimulator({ to, body }: DemoControl): Promise<void> {
  await sendJson({ url: `${demoControlPath}${to}`, isAnswer: isNothing, method: "POST", body })
}

/** Ends all faults of the simulator. */
export async function clearFaults(): Promise<void> {
  await sendJson({ url: `${demoControlPath}/faults`, isAnswer: isNothing, method: "DELETE" })
}
