/** The organisation that owns every seeded project. */
export const orgId = "5f3a1c0e9b1d4a2c7e8f9012"

/** Ids that callers may rely on. */
export const seededIds = {
  documentationProject: "5356823b3794dee37132bb7b",
  documentationContainer: "507f1f77bcf86cd799439011",
  payments: "64b1f0a27c3d5e4f8a9b0c1d",
  analytics: "64b1f0a27c3d5e4f8a9b0c2e",
  emptySandbox: "64b1f0a27c3d5e4f8a9b0c3f",
  longName: "64b1f0a27c3d5e4f8a9b0c40",
  withoutPayment: "64b1f0a27c3d5e4f8a9b0c51",
  peeringOnly: "64b1f0a27c3d5e4f8a9b0c62",
  crowded: "64b1f0a27c3d5e4f8a9b0c77",
} as const
