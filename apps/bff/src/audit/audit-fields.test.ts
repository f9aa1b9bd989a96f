import { apiUrls, AuditPage } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, expect, test } from "vitest"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

let desk: TestApp
beforeAll(async () => {
  desk = await startTestApp()
})
afterAll(() => desk.close())

test.each(["AWS", "GCP", "AZURE"] as const)(
  "the audit log keeps each field of a new %s connection that its request names",
  async (cloud) => {
    const { status } = await desk.create(projectId, requests[cloud], `a-key-for-a-form-of-${cloud}`)
    expect(status).toBe(201)
    const query = { action: "peering-create", outcome: "done" } as const
    const page = AuditPage.parse((await desk.call("GET", apiUrls.audit(query))).json())
    // Atlas's older API answers without the cloud.
    const { providerName: _cloud, ...fields } = requests[cloud]
    expect(page.rows[0]?.after).toMatchObject(fields)
  },
)
