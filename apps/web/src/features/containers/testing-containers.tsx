import {
  apiUrls,
  ChangeReason,
  CreateContainer,
  problemMediaType,
  type AddressSpace,
  type Container,
  type Peering,
  type Problem,
} from "@peering-desk/shared-schemas"
import { screen } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { answer, listOf, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp } from "#mock-bff/open-app.tsx"
import { projectId, projects } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

/** A project's containers at the BFF and the requested changes. */
export interface TestingContainers {
  containers: Container[]
  changes: unknown[]
  /** Refuses the next change. */
  next: Problem | null
  /** The container that the next create returns instead of the requested one. */
  makes: Container | null
}

/** Answers every request of the containers page. */
export function serveContainers(
  containers: Container[],
  { peerings = [] }: { peerings?: Peering[] } = {},
): TestingContainers {
  const bff: TestingContainers = { containers, changes: [], next: null, makes: null }
  const [project = { id: "", name: "" }] = projects
  const readAt = "2026-11-24T10:06:40.000Z"

  function take(change: unknown, usual: () => Response): Response {
    bff.changes.push(change)
    const { next } = bff
    bff.next = null
    if (next === null) return usual()
    return HttpResponse.json(next, {
      status: next.status,
      headers: { "content-type": problemMediaType },
    })
  }

  mockBff.use(
    listOf(peerings),
    http.get(apiUrls.containers(projectId), () => HttpResponse.json({ containers: bff.containers })),
    http.post(apiUrls.containers(projectId), async ({ request }) => {
      const body = CreateContainer.parse(await request.json())
      return take(body, () => {
        const usual: Container = { ...body.container, id: "64b1f0a27c3d5e4f8a9b0d00", provisioned: false }
        const made = bff.makes ?? usual
        bff.containers = [...bff.containers, made]
        return HttpResponse.json(made, { status: 201 })
      })
    }),
    http.delete(`${apiUrls.containers(projectId)}/:id`, async ({ request, params }) => {
      const { reason } = ChangeReason.parse(await request.json())
      const providerName = new URL(request.url).searchParams.get("providerName")
      return take({ id: params["id"], providerName, reason }, () => {
        bff.containers = bff.containers.filter(({ id }) => id !== params["id"])
        return new HttpResponse(null, { status: 204 })
      })
    }),
    http.get(apiUrls.addressSpace(), () =>
      HttpResponse.json({
        projects: [
          {
            project,
            containers: bff.containers,
            peers: peerings.map(({ peer }) => peer),
            privateIpMode: null,
            readAt,
            problem: null,
          },
        ],
      } satisfies AddressSpace),
    ),
  )
  return bff
}

/** Opens the page as a person, by default as an administrator of everything. */
export function openContainers(session?: object) {
  if (session !== undefined) mockBff.use(answer(apiUrls.session(), { ...session }))
  return openApp(pagePaths.containers(projectId)).user
}

export function toProblem(code: Problem["code"], status: number, more: Partial<Problem> = {}): Problem {
  return { type: "about:blank", title: code, status, code, requestId: "req-7", ...more }
}

export const button = (name: string | RegExp) => screen.findByRole("button", { name })
