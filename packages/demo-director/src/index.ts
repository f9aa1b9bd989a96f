export { createDemoFront, type DemoFront } from "#front/create-front.ts"
export { scenes } from "#scenes/scenes.ts"
