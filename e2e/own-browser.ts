import { readdirSync, readFileSync } from 'node:fs'
import { kill } from 'node:process'
import type { LaunchOptions, PlaywrightWorkerArgs } from '@playwright/test'
import { createJammer, type Jammer } from './jammer.ts'
import { watchPage } from './page-watch.ts'

/** Somebody in a browser of processes of their own, which can be stopped whole, as a closed lid does. Linux only. */
export interface OwnBrowser {
  readonly jammer: Jammer
  freeze(): void
  wake(): void
  close(): Promise<void>
}

export async function openOwnBrowser(
  playwright: PlaywrightWorkerArgs['playwright'],
  launchOptions: LaunchOptions,
  name: string,
): Promise<OwnBrowser> {
  const server = await playwright.chromium.launchServer(launchOptions)
  const browser = await playwright.chromium.connect(server.wsEndpoint())
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  await context.addInitScript(watchPage)
  let frozen: readonly number[] = []

  function wake(): void {
    for (const pid of frozen) kill(pid, 'SIGCONT')
    frozen = []
  }

  return {
    jammer: createJammer(await context.newPage(), name),
    freeze() {
      frozen = processTree(server.process().pid ?? 0)
      for (const pid of frozen) kill(pid, 'SIGSTOP')
    },
    wake,
    async close() {
      wake()
      await browser.close()
      await server.close()
    },
  }
}

/** A process and all that it began, itself first; by /proc, which only Linux has. */
function processTree(root: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      parents.set(Number(entry), Number(afterName[1]))
    } catch {
      // It ended while we looked.
    }
  }
  const tree = [root]
  for (const parent of tree) {
    for (const [child, of] of parents) if (of === parent) tree.push(child)
  }
  return tree
}
