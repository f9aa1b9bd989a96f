import type { NextFunction, Request, Response, Router } from "express"
import express from "express"
import { z } from "zod"
import { toolRunSchema } from "#cloud-tools/run-tool.ts"
import { parseInput } from "#faults/parse-input.ts"
import { AtlasError } from "#resources/errors.ts"
import { newNetworkSchema, readingRoleSchema } from "#world/customer/network-schema.ts"
import { policyReadings, policySchema } from "#world/policies.ts"
import { azureTargetSchema, clusterRegionSchema, clusterSchema } from "#world/world.ts"
import { cloudSideActs } from "./cloud-side.ts"
import type { Control } from "./control.ts"
import { foreignChangeSchema } from "./foreign-change.ts"
import { networkActSchema } from "./network-acts.ts"
import { requireLoopback } from "./loopback.ts"

const actBody = z.object({ peerId: z.string(), act: z.enum(cloudSideActs) })
const roleBody = z.object({ network: azureTargetSchema, isAssigned: z.boolean() })
const clockBody = z
  .object({ speed: z.number().min(0).max(1_000_000).optional(), advanceSeconds: z.number().optional() })
  .refine(({ speed, advanceSeconds }) => speed !== undefined || advanceSeconds !== undefined, {
    error: "give speed or advanceSeconds",
  })
const clusterBody = clusterSchema.pick({ name: true }).extend({
  projectId: z.string(),
  regions: z
    .array(clusterRegionSchema.partial({ nodes: true }).transform((one) => ({ nodes: 3, ...one })))
    .min(1),
  ...clusterSchema.pick({ clusterType: true, instanceSize: true, stateName: true, paused: true }).partial()
    .shape,
})
const policiesBody = z.object({
  policies: z.array(
    policySchema
      .pick({ name: true })
      .extend({ ...policySchema.pick({ orgId: true, description: true }).partial().shape })
      .extend({ bodies: z.array(z.string()) }),
  ),
  reading: z.enum(policyReadings).optional(),
})
const resetBody = z
  .strictObject({ scenario: z.string().optional(), project: z.string().optional() })
  .refine(({ scenario, project }) => scenario === undefined || project === undefined, {
    error: "give scenario or project",
  })
  .default({})

/** Creates the control API under `/simulator`; a bad request gets `{error}` with a sentence. */
export function createControlApi(control: Control): Router {
  const router = express.Router()
  router.use(requireLoopback)
  // Only this type: a form on a web page cannot send it without a preflight.
  router.use(express.json({ limit: "1mb", type: "application/json" }))

  const reads: Record<string, () => unknown> = {
    "/state": control.state,
    "/networks": () => ({ networks: control.networks() }),
    "/reading-roles": () => ({ roles: control.readingRoles() }),
    "/clock": control.clock,
    "/faults": () => ({ faults: control.faults() }),
    "/calls": control.calls,
    "/aws-calls": () => ({ calls: control.awsCalls() }),
  }
  for (const [path, read] of Object.entries(reads))
    router.get(path, (_request, response) => void response.json(read()))
  const clearings: Record<string, () => void> = {
    "/faults": control.clearFaults,
    "/calls": control.clearCalls,
    "/aws-calls": control.clearAwsCalls,
  }
  for (const [path, clear] of Object.entries(clearings))
    router.delete(path, (_request, response) => {
      clear()
      response.status(204).end()
    })
  router.post("/cloud-side", (request, response) => {
    const { peerId, act } = parseInput(actBody, request.body)
    response.json({ peer: control.cloudSide(peerId, act) })
  })
  router.post("/clusters", (request, response) => {
    const { projectId, ...cluster } = parseInput(clusterBody, request.body)
    response.status(201).json({ cluster: control.putCluster(projectId, cluster) })
  })
  router.post("/azure-role", (request, response) => {
    const { network, isAssigned } = parseInput(roleBody, request.body)
    control.setAzureRole(network, isAssigned)
    response.status(204).end()
  })
  router.put("/networks", (request, response) => {
    response.json({ network: control.putNetwork(parseInput(newNetworkSchema, request.body)) })
  })
  router.post("/network-acts", (request, response) => {
    response.json({ changed: control.actOnNetwork(parseInput(networkActSchema, request.body)) })
  })
  router.post("/cloud-tools", (request, response) => {
    response.json({ output: control.runTool(parseInput(toolRunSchema, request.body)) })
  })
  router.put("/reading-roles", (request, response) => {
    response.json({ role: control.putReadingRole(parseInput(readingRoleSchema, request.body)) })
  })
  router.post("/policies", (request, response) => {
    const { policies, reading } = parseInput(policiesBody, request.body)
    control.setPolicies(policies, reading)
    response.status(204).end()
  })
  router.post("/foreign-change", (request, response) => {
    response.json({ answer: control.actAs(parseInput(foreignChangeSchema, request.body)) })
  })
  router.post("/clock", (request, response) => {
    const { speed, advanceSeconds } = parseInput(clockBody, request.body)
    if (speed !== undefined) control.setSpeed(speed)
    if (advanceSeconds !== undefined) control.advance(advanceSeconds)
    response.json(control.clock())
  })
  router.post("/faults", (request, response) => {
    control.addFault(request.body)
    response.status(201).json({ faults: control.faults() })
  })
  router.post("/reset", (request, response) => {
    const { scenario, project } = parseInput(resetBody, request.body)
    if (project === undefined) control.reset(scenario)
    else control.resetSandbox(project)
    response.json(control.state())
  })
  router.use((request, response) => {
    response.status(404).json({ error: `the control API has no ${request.method} ${request.originalUrl}` })
  })
  // Express knows an error handler by its four parameters.
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const isTooLarge =
      typeof error === "object" && error !== null && "status" in error && error.status === 413
    if (isTooLarge) response.status(413).json({ error: "the body is too large" })
    else if (error instanceof RangeError || error instanceof SyntaxError || error instanceof AtlasError)
      response.status(400).json({ error: error.message })
    else next(error)
  })
  return router
}
