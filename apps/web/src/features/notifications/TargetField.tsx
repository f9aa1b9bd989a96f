import { addressHints } from "#copy/notifications.ts"
import { TextField } from "#ui/fields/TextField.tsx"
import type { RouteDraft } from "./route-draft.ts"

/** Where a route leads. The address of an existing one is never shown, only replaced. */
export function TargetField({
  draft: { channel, url, addresses },
  place,
  mistakes,
  onChange,
}: {
  draft: RouteDraft
  /** Host or addresses of an existing route; null for a new one. */
  place: string | null
  mistakes: Readonly<Record<string, string>>
  onChange: (part: Partial<RouteDraft>) => void
}) {
  const keeps = place === null ? null : `Leave empty to keep ${place}`
  if (channel === "email")
    return (
      <TextField
        label="E-mail addresses"
        hint={keeps ?? "Separated by commas"}
        value={addresses}
        required={place === null}
        error={mistakes["addresses"] ?? mistakes["channel"] ?? findFieldOf(mistakes, "addresses.")}
        onChange={(event) => onChange({ addresses: event.target.value })}
      />
    )
  return (
    <TextField
      label="Address"
      hint={keeps ?? addressHints[channel]}
      value={url}
      mono
      required={place === null}
      error={mistakes["url"] ?? mistakes["channel"]}
      onChange={(event) => onChange({ url: event.target.value })}
    />
  )
}

/** Returns the mistake of an entry of a list, which is named by its place. */
function findFieldOf(mistakes: Readonly<Record<string, string>>, start: string): string | undefined {
  return Object.entries(mistakes).find(([name]) => name.startsWith(start))?.[1]
}
