export { createDemoFront, type DemoFront } from "#front/create-front.ts"
export { People } from "#front/people.ts"
export { runLookUp } from "#front/run-look-up.ts"
export { scenes } from "#scenes/scenes.ts"
