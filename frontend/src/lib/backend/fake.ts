/** Puts made-up answers where the generated code expects the window's; development only. */
export function installFake(): void {
  Object.assign(window, { go: { app: {} }, runtime: {} });
}
