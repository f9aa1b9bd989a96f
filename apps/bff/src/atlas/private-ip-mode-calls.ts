import { PrivateIpMode } from "@peering-desk/shared-schemas"
import { readAnswered, type Answered } from "./atlas-answers.ts"
import type { CallDeps } from "./call-deps.ts"

export interface PrivateIpModeCalls {
  readPrivateIpMode(projectId: string): Promise<PrivateIpMode>
  changePrivateIpMode(projectId: string, enabled: boolean): Promise<Answered<PrivateIpMode>>
}

/** Builds the calls for "Connect via Peering Only" (Atlas: Get and Set `privateIpMode`, both deprecated). */
export function createPrivateIpModeCalls({ call, paths }: CallDeps): PrivateIpModeCalls {
  const read = (body: unknown) => PrivateIpMode.safeParse(body).data ?? null
  return {
    readPrivateIpMode: (projectId) => call({ path: paths.privateIpMode(projectId), read }),
    changePrivateIpMode: (projectId, enabled) =>
      call({
        path: paths.privateIpMode(projectId),
        change: { method: "PATCH", body: { enabled } },
        read: readAnswered(read),
      }),
  }
}
