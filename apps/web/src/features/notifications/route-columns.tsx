import type { NotificationRoute } from "@peering-desk/shared-schemas"
import { nameTokenProjects } from "#copy/api-tokens.ts"
import { channelNames, nameEvents, toRouteState } from "#copy/notifications.ts"
import { Button } from "#ui/Button.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { Menu } from "#ui/overlay/Menu.tsx"
import { TwoLines, type Column } from "#ui/table/DataTable.tsx"

interface RouteActions {
  nameProject: (id: string) => string
  onTest: (route: NotificationRoute) => void
  onEdit: (route: NotificationRoute) => void
  onRemove: (route: NotificationRoute) => void
  /** Switches a route on or off. */
  onSwitch: (route: NotificationRoute) => void
}

/** Builds the columns of the table of routes. */
export function createRouteColumns(actions: RouteActions): Column<NotificationRoute>[] {
  return [
    {
      title: "Name",
      isHead: true,
      render: ({ name, channel, place }) => (
        <TwoLines below={`${channelNames[channel]} · ${place}`}>
          <strong>{name}</strong>
        </TwoLines>
      ),
    },
    {
      title: "Events",
      render: ({ events, projects, clouds }) => (
        <TwoLines
          below={`${nameTokenProjects(projects, actions.nameProject)}${clouds.length === 3 ? "" : ` · ${clouds.join(", ")}`}`}
        >
          {nameEvents(events)}
        </TwoLines>
      ),
    },
    {
      title: "State",
      render: (route) => <StateText {...toRouteState(route)} />,
    },
    {
      title: "Actions",
      isShort: true,
      render: (route) => (
        <span className="inline gap-6">
          <Button size="small" onClick={() => actions.onTest(route)}>
            Send test <span className="visually-hidden">to {route.name}</span>
          </Button>
          <Menu
            label={`More actions for ${route.name}`}
            size="small"
            items={[
              { title: "Edit…", icon: "edit", onSelect: () => actions.onEdit(route) },
              {
                title: route.off === null ? "Switch off" : "Switch on",
                onSelect: () => actions.onSwitch(route),
              },
              { title: "Remove…", icon: "trash", isDanger: true, onSelect: () => actions.onRemove(route) },
            ]}
          />
        </span>
      ),
    },
  ]
}
