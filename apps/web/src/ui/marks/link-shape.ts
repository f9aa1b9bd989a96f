/**
 * The shape of the link between the person's network (left) and Atlas (right).
 * - `requesting`: Atlas reaches out · `waiting`: Atlas's side is done, the other is open · `finalizing`: both sides are done
 * - `available`: one line · `failed-…`: where it broke · `not-found`: there is no such network
 * - `deleting` · `deleted` · `unknown`: a status not known here
 */
export type LinkShape =
  | "requesting"
  | "waiting"
  | "finalizing"
  | "available"
  | "failed-yours"
  | "failed-atlas"
  | "failed-between"
  | "not-found"
  | "deleting"
  | "deleted"
  | "unknown"
