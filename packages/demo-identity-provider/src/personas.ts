/** A person on the sign-in page. */
export interface Persona {
  /** The subject of the ID tokens. */
  id: string
  name: string
  email: string
  /** Shown under the name. */
  may: string
  /** The value of the `groups` claim; left out of the tokens when undefined. */
  groups?: string | readonly string[]
}

/** The people of the demo, one for each role. Applications decide what a group may do. */
export const demoPersonas: readonly Persona[] = [
  {
    id: "olivia",
    name: "Olivia Marsh",
    email: "olivia@example.com",
    may: "Administrator of everything",
    groups: ["peering-admins"],
  },
  {
    id: "nadia",
    name: "Nadia Brandt",
    email: "nadia@example.com",
    may: "May create connections in one project",
    groups: ["payments-team"],
  },
  {
    id: "victor",
    name: "Victor Lund",
    email: "victor@example.com",
    may: "Read-only",
    groups: ["viewers"],
  },
  {
    id: "sam",
    name: "Sam Okafor",
    email: "sam@example.com",
    may: "Security reviewer: reads the audit log only",
    groups: ["security"],
  },
  {
    id: "greta",
    name: "Greta Silva",
    email: "greta@example.com",
    may: "Has an account, and access to nothing",
    groups: [],
  },
]
