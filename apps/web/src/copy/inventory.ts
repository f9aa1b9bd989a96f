export const stateGroupWords = {
  all: "All",
  person: "Needs a person",
  you: "Your turn",
  failed: "Failed",
  atlas: "Atlas is working",
  works: "Available",
  closing: "Being removed",
  unknown: "Unknown state",
}

export const sortWords = {
  need: "What needs a person",
  since: "Longest in its state",
  name: "Name",
  project: "Project",
  cloud: "Cloud",
}
