import process from 'node:process'
import { ConfigError, readConfig } from './config.ts'
import { lanUrls } from './lan.ts'
import { createLog, createStdoutWriter, type Log } from './log.ts'
import { createSignalServer } from './server.ts'

const write = createStdoutWriter()
await start()

async function start(): Promise<void> {
  try {
    const config = readConfig(process.env)
    const log = createLog(config.logFormat, write)
    const server = await createSignalServer(config, log)
    const local = `http://localhost:${String(server.port)}`
    stopOnSignal(log, server.close)
    log('info', 'Beatcord plays at', { urls: [local, ...lanUrls(config, server.port)] })
  } catch (error) {
    tellWhyNot(error)
    process.exit(1)
  }
}

function stopOnSignal(log: Log, close: () => Promise<void>): void {
  let stopping = false
  const stop = (signal: string): void => {
    // Whoever asks twice means now.
    if (stopping) process.exit(1)
    stopping = true
    log('info', 'stopping', { reason: signal })
    void close().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function tellWhyNot(error: unknown): void {
  const log = createLog(process.env['NODE_ENV'] === 'production' ? 'json' : 'text', write)
  if (error instanceof ConfigError) {
    log('error', 'wrong setting', { variable: error.variable, detail: error.message })
    return
  }
  log('error', 'cannot start', { detail: error instanceof Error ? error.message : String(error) })
}
