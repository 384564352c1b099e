/** Loaded into a server under stress: on SIGUSR2 it collects garbage, and says what keeps the process alive; its calendar may be ahead. */
import process from 'node:process'

process.on('SIGUSR2', () => {
  globalThis.gc()
  globalThis.gc()
  const resources = process.getActiveResourcesInfo()
  process.stdout.write(`${JSON.stringify({ event: 'collected', resources })}\n`)
})

// For what runs out.
const aheadMs = Number(process.env.AHEAD_MS)
const now = Date.now
Date.now = () => now() + aheadMs
