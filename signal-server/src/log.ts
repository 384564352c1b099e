import { pino } from 'pino'

/** What may be logged beside the event: never SDP, addresses, names, keys or rooms. */
export interface LogFields {
  /** Which socket, or which request, of this process. */
  readonly id?: string
  readonly code?: number | string
  readonly peer?: string
  readonly reason?: string
  readonly variable?: string
  readonly detail?: string
  readonly port?: number
  readonly version?: string
  readonly urls?: readonly string[]
}

export type Log = (level: 'info' | 'warn' | 'error', event: string, fields?: LogFields) => void

export type LogFormat = 'json' | 'text'

/**
 * One line an event.
 *
 * @param format `json` for machines, `text` for a person at a terminal
 * @param write  takes one line with its line end
 */
export function createLog(format: LogFormat, write: (line: string) => void): Log {
  if (format === 'text') {
    return (_level, event, fields = {}) => {
      write(`${event}${fieldsToText(fields)}\n`)
    }
  }
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write })
  return (level, event, fields = {}) => {
    logger[level]({ event, ...fields })
  }
}

const GATHER_MS = 50

/**
 * Writes lines to standard output, those of 50 ms together: a write of its own for each takes the processor as long as
 * whatever it tells of. What waits is written before the process exits.
 */
export function createStdoutWriter(): (line: string) => void {
  let held = ''
  const flush = (): void => {
    if (held !== '') process.stdout.write(held)
    held = ''
  }
  process.on('exit', flush)
  return (line) => {
    if (held === '') setTimeout(flush, GATHER_MS)
    held += line
  }
}

function fieldsToText(fields: LogFields): string {
  const parts = Object.entries(fields).map(([name, value]) =>
    Array.isArray(value)
      ? value.map((item) => `\n  ${String(item)}`).join('')
      : ` ${name}=${String(value)}`,
  )
  return parts.join('')
}
