import { Button } from "#ui/Button.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { viewWords } from "#copy/inventory.ts"
import { usualFilter, type ListFilter } from "@peering-desk/peering-rules"

/** Takes the place of a list whose filter nothing fits. */
export function NoMatch({
  filter,
  onFilter,
}: {
  filter: ListFilter
  onFilter: (filter: ListFilter) => void
}) {
  const { view, text, sort, direction, ...others } = filter
  const isFiltered =
    text !== "" || Object.entries(others).some(([name, value]) => value !== Reflect.get(usualFilter, name))
  return (
    <EmptyState
      title={
        text !== ""
          ? `No connection matches “${text}”`
          : isFiltered || view === "all"
            ? "No connection matches these filters"
            : emptyViews[view]
      }
      action={
        <Button onClick={() => onFilter({ ...usualFilter, sort, direction })}>
          {isFiltered ? "Clear filters" : `Show ${viewWords.all.toLowerCase()} connections`}
        </Button>
      }
    />
  )
}

const emptyViews = {
  attention: "Nothing needs attention",
  declined: "No request is declined",
  expiring: "No request expires this week",
  mine: "You haven't requested a connection yet",
}
