import type * as schemas from "./api-schemas.ts"

/** The name of a schema in `api-schemas.ts`. By name, so that the table holds no schema and a page loads none for it. */
export type SchemaName = keyof typeof schemas

/**
 * The least right that a method needs.
 * - `anyone`, `link`: no session; a link's token is checked by its handler
 * - `signed-in`: a session, or an API token
 * - `viewer`, `requester`, `administrator`: that role in the project of the path
 * - `auditor`: may read the audit log
 * - `global-administrator`: administrator of all projects
 */
export type RouteAccess =
  | "anyone"
  | "link"
  | "signed-in"
  | "viewer"
  | "requester"
  | "administrator"
  | "auditor"
  | "global-administrator"

/** A pasted look-up of 5 million characters in kB: JSON writes each of its quotes and line breaks as two. */
export const lookUpKb = 10_240

export type RouteMethodName = "get" | "post" | "put" | "patch" | "delete"

/** One method of a route. */
export interface RouteMethod {
  access: RouteAccess
  /** Refuses API tokens: it is about the person in the browser, or decides what others get to see or can prove. */
  personOnly?: true
  /** One line for the API's description. */
  summary: string
  /** 200 unless given. 204 has no body. */
  status?: 201 | 202 | 204
  query?: SchemaName
  body?: SchemaName
  /** Fields of the body that group other fields; mistakes are named without them, as a form names its fields. */
  bodyGroups?: readonly string[]
  /** The largest body in kB (1,024 bytes), where that is more than the usual limit. */
  bodyKb?: number
  answer?: SchemaName
  /** Answers 202 with `HeldForApproval` instead when another person has to approve first. */
  mayWait?: true
  /** Media types of an answer that is not JSON; its handler writes it. */
  text?: readonly string[]
  /** A read that is recorded: refused from other sites, and as HEAD. */
  recorded?: true
  /** Needs an Idempotency-Key header. */
  idempotencyKey?: true
  /** A POST for its body alone that changes nothing: limited as a question, not as a write. */
  question?: true
}

/** One path and its methods. A segment that begins with a colon is a parameter. */
export type Route = { readonly path: string } & { readonly [Method in RouteMethodName]?: RouteMethod }

/** Every route by its name. */
export type RouteTable = Readonly<Record<string, Route>>

type SegmentParameters<Segment extends string> = Segment extends `:${infer Name}` ? [Name] : []

/** The names of a path's parameters, in order. */
export type PathParameters<Path extends string> = Path extends `${infer Segment}/${infer Rest}`
  ? [...SegmentParameters<Segment>, ...PathParameters<Rest>]
  : SegmentParameters<Path>
