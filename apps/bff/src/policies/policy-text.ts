import type { PolicyJson } from "@cedar-policy/cedar-wasm/nodejs"

/** The actions of Atlas's policies that we cause, with the member of `context.project` that each one shows. */
export const policySets = {
  "project.vpcPeering.modify": "peeringConnections",
  "project.ipAccessList.modify": "ipAccessList",
} as const
export type PolicyAction = keyof typeof policySets

/** A policy in regard to one action: another one's, decidable by us, or not, with the reason. */
export type TextReading =
  | { is: "other" }
  /** `usesSet`: what it says depends on the connections, or the entries, of the project. */
  | { is: "decidable"; usesSet: boolean }
  | { is: "unknown"; why: string }

const project = "ResourcePolicy::Project"

/** Reads whether a parsed policy concerns an action, and asks for nothing but what we know as Atlas does (Atlas: Resource Policies). */
export function readPolicyText(
  { effect, principal, action, resource, conditions }: PolicyJson,
  wanted: PolicyAction,
): TextReading {
  const concerns = concernsAction(action, wanted)
  if (concerns === false) return { is: "other" }
  if (concerns === null) return asksFor("a group of actions")
  if (effect !== "forbid") return { is: "unknown", why: `it is a "${effect}" policy` }
  if (principal.op !== "All") return asksFor("who makes the change")
  if (!isAboutProject(resource)) return asksFor("something else than the project")
  const known = ["context", "project", policySets[wanted]]
  const paths = conditions.flatMap(({ body }) => listPaths(body, known))
  const strange = paths.find((path) => path.join(".") !== known.join("."))
  if (strange !== undefined) return asksFor(strange.join("."))
  return { is: "decidable", usesSet: paths.length > 0 }
}

function asksFor(what: string): TextReading {
  return { is: "unknown", why: `it depends on ${what}, which only Atlas knows` }
}

/** Null when Atlas alone knows: an action that changes nothing by its name may be a group of actions. */
function concernsAction(scope: PolicyJson["action"], wanted: PolicyAction): boolean | null {
  if (scope.op === "All") return true
  const ids = listEntities(scope).map(({ id }) => id)
  if (ids.includes(wanted)) return true
  return ids.every((id) => id.endsWith(".modify")) ? false : null
}

function isAboutProject(scope: PolicyJson["resource"]): boolean {
  if (scope.op === "All") return true
  if (scope.op === "is" && scope.entity_type !== project) return false
  return listEntities(scope).every(({ type }) => type === project)
}

interface Uid {
  type: string
  id: string
}

/** Lists the entities that a scope names. */
function listEntities(scope: object): Uid[] {
  return Object.entries(scope).flatMap(([name, value]: [string, unknown]) => {
    if (name === "entity") return [toUid(value)]
    if (name === "entities") return (value as unknown[]).map(toUid)
    return typeof value === "object" && value !== null ? listEntities(value) : []
  })
}

/** The engine writes an entity in two ways. */
function toUid(value: unknown): Uid {
  const plain = value as Uid | { __entity: Uid }
  return "__entity" in plain ? plain.__entity : plain
}

/**
 * Lists what an expression asks for, such as `context.project.x`. Left out is whether something known is there (`has`), and whether the
 * resource is a project.
 */
function listPaths(node: unknown, known: readonly string[]): string[][] {
  if (typeof node !== "object" || node === null) return []
  if (Array.isArray(node)) return node.flatMap((one) => listPaths(one, known))
  if ("has" in node) {
    const path = toPath(node.has)
    if (path !== null) return path.every((step, at) => step === known[at]) ? [] : [path]
  }
  const path = "Var" in node ? [String(node.Var)] : "." in node ? toPath(node["."]) : null
  if (path !== null) return [path]
  const members: [string, unknown][] = Object.entries(node)
  return members.flatMap(([name, value]) =>
    name === "Value" || (["==", "in", "is"].includes(name) && isProjectTest(value))
      ? []
      : listPaths(value, known),
  )
}

/** Returns the path of `left.attr` down from a variable; null when it begins with something else. */
function toPath(access: unknown): string[] | null {
  if (typeof access !== "object" || access === null || !("left" in access) || !("attr" in access)) return null
  const { left, attr } = access
  if (typeof left !== "object" || left === null) return null
  const start = "Var" in left ? [String(left.Var)] : "." in left ? toPath(left["."]) : null
  return start === null ? null : [...start, ...[attr].flat().map(String)]
}

/** Tells if an operation compares the resource with projects. */
function isProjectTest(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("left" in value)) return false
  const { left, ...others } = value
  const isResource = typeof left === "object" && left !== null && "Var" in left && left.Var === "resource"
  const text = JSON.stringify(others)
  const types = [...text.matchAll(/"(?:type|entity_type)":"([^"]*)"/g)].map(([, type]) => type)
  return isResource && types.length > 0 && types.every((type) => type === project) && !text.includes('"Var"')
}
